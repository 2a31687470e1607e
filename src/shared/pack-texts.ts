import { utf8Bytes } from "./utf8-bytes.ts";

/** Groups texts, in order, by how many may be together and how many bytes of UTF-8 they may have. */
export function packTexts(
  texts: readonly string[],
  { textsMax, bytesMax }: { textsMax: number; bytesMax: number },
): string[][] {
  const packs: string[][] = [];
  let pack: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = utf8Bytes(text);
    const isFull = pack.length >= textsMax || bytes + size > bytesMax;
    if (isFull && pack.length > 0) {
      packs.push(pack);
      pack = [];
      bytes = 0;
    }
    pack.push(text);
    bytes += size;
  }
  if (pack.length > 0) packs.push(pack);
  return packs;
}
