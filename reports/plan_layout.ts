import { Graph, layout } from "@dagrejs/dagre";

/** A place in a picture, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Boxes and the lines between them, laid out from left to right. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The middle of each box. */
  readonly boxes: readonly Point[];
  /** The points that each line passes, from the right of the one box to the left of the other. */
  readonly lines: readonly (readonly Point[])[];
}

// Pixels: from box to box, and from column to column.
const gaps = { nodesep: 14, edgesep: 4, ranksep: 40 };

/**
 * Lays out boxes of one size so that each stands right of those that lead to it.
 *
 * @param edges Places of boxes: a line leads from the first to the second.
 */
export function layOut(
  count: number,
  edges: readonly (readonly [number, number])[],
  box: { readonly width: number; readonly height: number },
): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ...gaps });
  const names = Array.from({ length: count }, (_, i) => `${i}`);
  for (const name of names) graph.setNode(name, { ...box });
  for (const [from, to] of edges) graph.setEdge(`${from}`, `${to}`, {});
  layout(graph);
  const { width, height } = graph.graph();
  const boxes: readonly Point[] = names.map((name) => graph.node(name));
  const columns = new Set(boxes.map(({ x }) => x));
  const beside = ({ x, y }: Point, side: number): Point => ({ x: x + side * box.width / 2, y });
  const lines = edges.map(([from, to]) => {
    const inner: readonly Point[] = graph.edge(`${from}`, `${to}`).points.slice(1, -1);
    return [
      beside(boxes[from]!, 1),
      // It passes a column level, where a box might stand, and goes up and down between columns alone.
      ...inner.filter(({ x }) => columns.has(x)).flatMap((at) => [beside(at, -1), beside(at, 1)]),
      beside(boxes[to]!, -1),
    ];
  });
  return { width, height, boxes, lines };
}
