import assert from "node:assert/strict";
import { writeOut } from "@/lib/base/write_out.ts";

/** A sink that takes `most` bytes at a time and throws what it is told to, in order, before it takes any. */
function sink(options: { readonly most?: number; readonly codes?: readonly string[] } = {}) {
  const codes = [...options.codes ?? []];
  let text = "", calls = 0;
  return {
    writeSync(bytes: Uint8Array): number {
      calls++;
      const code = codes.shift();
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      const taken = bytes.subarray(0, options.most);
      text += new TextDecoder().decode(taken);
      return taken.length;
    },
    text: () => text,
    calls: () => calls,
  };
}

Deno.test("writeOut() writes a text whole where little is taken at a time, or nothing at the moment", () => {
  const slow = sink({ most: 3, codes: ["EAGAIN", "EAGAIN"] });
  writeOut(slow, "a long text");
  assert.equal(slow.text(), "a long text");
});

Deno.test("writeOut() says nothing more to a reader who has gone, and does not mind", () => {
  for (const code of ["EPIPE", "EIO"]) {
    const one = sink({ codes: [code] });
    writeOut(one, "first");
    writeOut(one, "second");
    assert.deepEqual([one.text(), one.calls()], ["", 1]);
  }
});

Deno.test("writeOut() throws where text is lost that somebody wants: on a full disk", () => {
  assert.throws(() => writeOut(sink({ codes: ["ENOSPC"] }), "text"), /ENOSPC/);
});
