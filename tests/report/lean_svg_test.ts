import assert from "node:assert/strict";
import { leanSvg } from "@/lib/report/lean_svg.ts";

Deno.test("leanSvg() leaves out what does not show, and rounds places but not text", () => {
  const made = leanSvg(
    '<g class="mark-text" pointer-events="none"><path class="background" d="M0,0h250v190h-250Z"/>' +
      '<text transform="translate(87.37125,-0.00001)" font-family="x" font-size="12px" opacity="1">1.2345</text>' +
      '<text transform="translate(1,2)" opacity="0">hidden</text>' +
      '<path class="foreground" d="" display="none"/>' +
      '<path class="background" d="M0,0h1" stroke="red"/></g>',
  );
  assert.equal(
    made,
    '<g><text transform="translate(87.37,0)">1.2345</text><path d="M0,0h1" stroke="red"/></g>',
  );
});
