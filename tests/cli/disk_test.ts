import assert from "node:assert/strict";
import { checkDisk, diskText } from "@/lib/cli/disk.ts";

Deno.test("checkDisk() refuses what does not fit, with the place, both sizes and the remedy", () => {
  assert.throws(() => checkDisk({ needed: 3.2e9, free: 1.5e9 }, "/some/store"), {
    name: "InputError",
    message:
      "Store /some/store: this needs about 3.2 GB, but only 1.5 GB are free. Make room, or choose another place with --store",
  });
  checkDisk({ needed: 3.2e9, free: 3.3e9 }, "/some/store");
  checkDisk({ needed: 3.2e9, free: undefined }, "/some/store");
});

Deno.test("diskText() says what is free where the system tells", () => {
  assert.equal(diskText({ needed: 509e6, free: 73e9 }), "about 509 MB on disk (73 GB free)");
  assert.equal(diskText({ needed: 0, free: undefined }), "about 0 B on disk");
});
