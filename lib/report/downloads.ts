import { Buffer } from "node:buffer";
import { inAddress } from "@/lib/report/csv_link.ts";
import { type Html, markup } from "@/lib/report/html.ts";

/** A file that the page carries in itself. */
export interface Download {
  readonly name: string;
  readonly type: "text/csv" | "application/gzip" | "application/vnd.apache.parquet";
  /** Text is written as UTF-8. */
  readonly content: string | Uint8Array;
  readonly about: string;
}

/** Links that save files out of the page, without a server. */
export function downloadLinks(files: readonly Download[]): Html {
  return markup`<ul class="downloads">${files.map(downloadLink)}</ul>
`;
}

function downloadLink({ name, type, content, about }: Download): Html {
  const href = typeof content === "string"
    ? `data:${type};charset=utf-8,${inAddress(content)}`
    : `data:${type};base64,${Buffer.from(content).toString("base64")}`;
  return markup`<li><a download="${name}" href="${href}">${name}<br><span class="muted">${about}</span></a></li>
`;
}
