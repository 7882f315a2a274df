import assert from "node:assert/strict";
import { bytesText } from "@/lib/base/bytes_text.ts";

Deno.test("bytesText() gives two digits, or all before the point, rounded", () => {
  const sizes = [0, 7, 999, 1000, 1549, 12_345, 509.3e6, 999.7e6, 3.29e9, 9.96e9, 82.4e9, 2.5e12];
  assert.deepEqual(sizes.map(bytesText), [
    "0 B",
    "7 B",
    "999 B",
    "1 kB",
    "1.5 kB",
    "12 kB",
    "509 MB",
    "1 GB",
    "3.3 GB",
    "10 GB",
    "82 GB",
    "2.5 TB",
  ]);
});
