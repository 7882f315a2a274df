import assert from "node:assert/strict";
import { statusLine, tellingProgress } from "@/lib/cli/status_line.ts";

/** A line that was told of three things, one at once, one after 300 ms and one after 11 s, and taken away. */
function said(live: boolean): string {
  let text = "", time = 0;
  const line = statusLine({
    on: { live, size: () => ({ columns: 8, rows: 24 }) },
    write: (more) => text += more,
    now: () => time,
  });
  line.tell("too early");
  time = 300;
  line.tell("1 頁 of 鳥鳥鳥");
  time = 11_000;
  line.tell("2");
  line.tell("next", "another stage");
  line.clear();
  line.clear();
  return text;
}

Deno.test("statusLine() draws one line anew on a terminal, within its width, and takes it away", () => {
  assert.equal(said(true), "\r\x1b[K1 頁 of\r\x1b[K2\r\x1b[Knext\r\x1b[K");
});

Deno.test("statusLine() says a line now and then elsewhere, and a new stage at once", () => {
  assert.equal(said(false), "2\nnext\n");
});

Deno.test("tellingProgress() takes its line away when what it tells of fails, and says nothing where it is to be quiet", async () => {
  for (const [quiet, text] of [[false, "\r\x1b[K1 of 2\r\x1b[K"], [true, ""]] as const) {
    let said = "", time = 0;
    const failing = tellingProgress((tell) => {
      time = 300;
      tell("1 of 2");
      return Promise.reject(new Error("no more"));
    }, {
      quiet,
      on: { live: true, size: () => ({ columns: 80, rows: 24 }) },
      write: (more) => said += more,
      now: () => time,
    });
    await assert.rejects(failing, /no more/);
    assert.equal(said, text);
  }
});
