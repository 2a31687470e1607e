import { framed } from "../shared/framed.ts";

/** A region as rows name it: its code, and the code framed for C. */
interface NamedRegion {
  json: Uint8Array;
  code: string;
  frame: Uint8Array;
}

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const hashSpan = 4_096;

/**
 * The regions that rows name, each read once: a million rows say some hundred codes. A code is
 * found again by the bytes of its JSON text.
 */
export class RegionTable {
  readonly #regions: NamedRegion[] = [];
  readonly #byHash = new Map<number, number[]>();
  readonly #byCode = new Map<string, number>();

  get codes(): readonly string[] {
    return this.#regions.map(({ code }) => code);
  }

  /** The number of the region; -1 where the bytes are no JSON text. */
  find(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] as number)) % hashSpan;
    for (const index of this.#byHash.get(hash) ?? []) {
      if (isSame(this.#regions[index]?.json, bytes, start, end)) return index;
    }
    return this.#add(bytes.slice(start, end), hash);
  }

  /** The code's length and bytes, as C frames them. */
  frameOf(index: number): Uint8Array {
    return this.#regions[index]?.frame ?? framed("");
  }

  codeOf(index: number): string {
    return this.#regions[index]?.code ?? "";
  }

  #add(json: Uint8Array, hash: number): number {
    const code = parseText(json);
    if (code === null) return -1;
    // Another spelling of the same code is the same region.
    const known = this.#byCode.get(code);
    if (known !== undefined) return known;
    const index = this.#regions.length;
    if (index >= regionsMax) return -1;
    this.#regions.push({ json, code, frame: framed(code) });
    this.#byCode.set(code, index);
    this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), index]);
    return index;
  }
}

/** A column of 16 bits has their numbers; a decision has a thousand at most. */
const regionsMax = 65_000;

function isSame(known: Uint8Array | undefined, bytes: Uint8Array, start: number, end: number) {
  if (known?.length !== end - start) return false;
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[start + at]) return false;
  return true;
}

function parseText(json: Uint8Array): string | null {
  try {
    const value: unknown = JSON.parse(text.decode(json));
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
