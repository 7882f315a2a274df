import { Buffer } from "node:buffer";
import { type Html, markup } from "@/lib/report/html.ts";

/** A file that the page carries in itself. */
export interface Download {
  readonly name: string;
  readonly type: "text/csv" | "application/json";
  readonly text: string;
  readonly about: string;
}

/** Links that save files out of the page, without a server. */
export function downloadLinks(files: readonly Download[]): Html {
  return markup`<ul class="downloads">${files.map(downloadLink)}</ul>
`;
}

function downloadLink({ name, type, text, about }: Download): Html {
  const href = `data:${type};charset=utf-8;base64,${Buffer.from(text).toString("base64")}`;
  return markup`<li><a download="${name}" href="${href}">${name}<br><span class="muted">${about}</span></a></li>
`;
}
