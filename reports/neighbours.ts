import { type Html, listing, markup, raw, sheetFigures } from "@/lib/report/mod.ts";
import type { NeighbourSheet, StudyResults } from "@/lib/results/mod.ts";
import { methodName } from "@/reports/names.ts";

/** What each encoder takes to be alike; `null` where the store holds no such picture. */
export async function neighbours(
  { pictures: { neighbours } }: StudyResults,
): Promise<Html | null> {
  if (neighbours.length === 0) return null;
  return markup`<p>Each row begins with a test image. After a gap come the training images nearest to it by cosine similarity of
features, nearest first, one group for each encoder trained on that domain. The test images were drawn at random, one per
class, before anything was trained.</p>
${await Promise.all(neighbours.map((sheet, i) => domainNeighbours(sheet, i === 0)))}`;
}

async function domainNeighbours(sheet: NeighbourSheet, isFirst: boolean): Promise<Html> {
  const { role, bytes, queries } = sheet;
  const groups = listing(queries[0]!.found.map(({ method }) => methodName(method)));
  const figure = {
    bytes,
    alt:
      `Test images of ${role}, each with its nearest training images by the features of ${groups}`,
    caption: markup`<strong>${role}</strong>: the test image, then its neighbours by ${groups}`,
  };
  return markup`<details${isFirst ? raw(" open") : null}><summary>Neighbours in ${role}</summary>
${await sheetFigures([figure])}
<details><summary>The classes of these images</summary>
<ul>${queries.map(queryLine)}</ul>
</details>
</details>
`;
}

function queryLine(query: NeighbourSheet["queries"][number]): Html {
  const found = query.found.map(({ method, classes }) => {
    const names = classes.map((name, i) =>
      markup`${i > 0 && ", "}${name === query.class ? markup`<strong>${name}</strong>` : name}`
    );
    return markup`; ${methodName(method)}: ${names}`;
  });
  return markup`<li>${query.class}${found}</li>
`;
}
