import assert from "node:assert/strict";
import { terminal, type TerminalFacts } from "@/lib/cli/terminal.ts";

function facts(
  environment: TerminalFacts["environment"] = {},
  options: Partial<TerminalFacts> = {},
): TerminalFacts {
  return {
    isTerminal: true,
    environment: { TERM: "xterm", ...environment },
    measure: () => ({ columns: 100, rows: 30 }),
    ...options,
  };
}

const unmeasured = () => {
  throw new Error("The handle is invalid");
};

Deno.test("terminal() redraws on a terminal only, and neither on a dumb one nor in a log of CI", () => {
  assert.equal(terminal(facts()).live, true);
  assert.equal(terminal(facts({ CI: "false" })).live, true);
  assert.equal(terminal(facts({}, { isTerminal: false, measure: unmeasured })).live, false);
  for (const environment of [{ TERM: "dumb" }, { TERM: "" }, { TERM: undefined }, { CI: "true" }]) {
    if (Deno.build.os === "windows" && "TERM" in environment) continue;
    assert.equal(terminal(facts(environment)).live, false, JSON.stringify(environment));
  }
});

Deno.test("terminal() asks for the size each time, and takes a usual one where it is not known", () => {
  let columns = 100;
  const { size } = terminal(facts({}, { measure: () => ({ columns, rows: 30 }) }));
  assert.deepEqual(size(), { columns: 100, rows: 30 });
  columns = 60;
  assert.equal(size().columns, 60);
  assert.deepEqual(terminal(facts({ COLUMNS: "50", LINES: "wide" })).size(), {
    columns: 50,
    rows: 30,
  });
  for (const measure of [unmeasured, () => ({ columns: 0, rows: 0 })]) {
    const { live, size } = terminal(facts({}, { measure }));
    assert.deepEqual([live, size()], [true, { columns: 80, rows: 24 }]);
  }
});

Deno.test("terminal() does not redraw where nothing would be in sight", () => {
  assert.equal(terminal(facts({}, { measure: () => ({ columns: 5, rows: 30 }) })).live, false);
  assert.equal(terminal(facts({}, { measure: () => ({ columns: 80, rows: 1 }) })).live, false);
  assert.equal(terminal(facts({ COLUMNS: "3" })).live, false);
});
