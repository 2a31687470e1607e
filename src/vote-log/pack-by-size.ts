import { limits } from "../shared/limits.ts";

/** Groups texts, in order, into sends within a vote log's limits of messages and bytes. */
export function packBySize(texts: readonly string[]): string[][] {
  const sends: string[][] = [];
  let send: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = new TextEncoder().encode(text).byteLength;
    const isFull = send.length >= limits.publishRecordsMax || bytes + size > limits.publishBytesMax;
    if (isFull && send.length > 0) {
      sends.push(send);
      send = [];
      bytes = 0;
    }
    send.push(text);
    bytes += size;
  }
  if (send.length > 0) sends.push(send);
  return sends;
}
