import assert from "node:assert/strict";
import { commandLine } from "@/lib/cli/command_line.ts";

const options = {
  scale: "mini",
  all: false,
  allow: [],
  figures: "claims",
  untilDecided: false,
  store: "s",
  out: "o",
  trustCode: false,
  json: false,
} as const;

Deno.test("commandLine() says what is computed, in words that a shell reads back as they were", async () => {
  const data = "/my data/it's #1?$HOME`x`\n.yaml";
  const text = commandLine(["data-domain"], {
    ...options,
    precision: "bfloat16",
    data,
    allow: ["one-class", "empty-files"],
    seeds: { first: 1, count: 3 },
  });
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `printf '%s\\0' ${text}`],
  }).output();
  assert.deepEqual(new TextDecoder().decode(stdout).split("\0"), [
    ...["deno", "task", "reproduce", "data-domain", "--scale", "mini"],
    ...["--precision", "bfloat16", "--data", data],
    ...["--allow", "one-class,empty-files", "--seeds", "3", ""],
  ]);
});

Deno.test("commandLine() says how many seeds are added, and up to which", () => {
  assert.equal(
    commandLine(["all"], { ...options, figures: "full", untilDecided: true, maxSeeds: 4 }),
    "deno task reproduce all --scale mini --figures full --until-decided --max-seeds 4",
  );
});

Deno.test("commandLine() says that what goes beyond the paper is asked", () => {
  assert.equal(
    commandLine(["methods"], { ...options, all: true }),
    "deno task reproduce methods --scale mini --all",
  );
});

Deno.test("commandLine() quotes nothing that needs no quotes", () => {
  assert.equal(
    commandLine(["all"], { ...options, data: "/a/data-1.yaml" }),
    "deno task reproduce all --scale mini --data /a/data-1.yaml",
  );
});
