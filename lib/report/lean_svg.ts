/**
 * An SVG as vega writes it, without what changes nothing on a screen: the names of groups, empty and unpainted paths, fonts
 * and a size of text that the page sets, what is transparent, defaults, and digits beyond a hundredth of a pixel.
 */
export function leanSvg(svg: string): string {
  return svg
    .replace(/<path class="(?:background|foreground)"(?![^>]* (?:fill|stroke)=)[^>]*\/>/g, "")
    .replace(/<text(?=[^>]* opacity="0")[^>]*>[^<]*<\/text>/g, "")
    .replace(/ (?:class|pointer-events|font-family|stroke-miterlimit)="[^"]*"/g, "")
    .replace(
      / (?:font-size="12px"|opacity="1"|transform="translate\(0,0\)"|stroke-width="1"|[xy]2="0")/g,
      "",
    )
    .replace(
      /="[^"]*\d\.\d{3}[^"]*"/g,
      (value) =>
        value.replace(
          /-?\d+\.\d{3,}(?:e-?\d+)?/g,
          (digits) => String(Number(Number(digits).toFixed(2))),
        ),
    )
    .replace(/<g><\/g>/g, "");
}
