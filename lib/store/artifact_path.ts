/** The folder of a step's artifact, from that of the store. */
export function artifactPath(key: string): string {
  return `artifacts/${key.slice(0, 2)}/${key}`;
}
