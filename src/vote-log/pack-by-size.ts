import { limits } from "../shared/limits.ts";
import { packTexts } from "../shared/pack-texts.ts";

/** Groups texts, in order, into sends within a vote log's limits of messages and bytes. */
export function packBySize(texts: readonly string[]): string[][] {
  const { publishRecordsMax: textsMax, publishBytesMax: bytesMax } = limits;
  return packTexts(texts, { textsMax, bytesMax });
}
