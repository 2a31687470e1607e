import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";

/** Two rows that name one voter, by their lines in the upload. */
export type Twin = { line: number; firstLine: number };

type Chunk = { lines: Uint32Array; prints: Float64Array };

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const sixBits = new Uint8Array(128);
for (const [value, character] of Array.from(alphabet).entries())
  sixBits[character.charCodeAt(0)] = value;

/**
 * The line of every row with eight characters of its pid: 12 bytes a row, 24 MB of two million. It
 * is for the Worker's memory alone, since whoever holds the roll and the lines of pids knows whose
 * they are. Shards say which rows name a voter again; this says where the voter was named first.
 */
export class RowLines {
  readonly #chunks: Chunk[] = [];
  #rows = 0;

  /** Lines come in ascending order. */
  add(pid: string, line: number): void {
    const at = this.#rows % limits.rollLinesChunkRows;
    if (at === 0) this.#chunks.push(emptyChunk());
    const chunk = this.#chunks.at(-1);
    invariant(chunk !== undefined, "there is a chunk for every row");
    chunk.lines[at] = line;
    chunk.prints[at] = printOf(pid);
    this.#rows += 1;
  }

  /** Where the voters of these rows were named first, by line; in two walks over all rows. */
  twinsOf(lines: readonly number[]): Twin[] {
    if (lines.length === 0) return [];
    const wanted = new Set(lines);
    const prints = new Map<number, number>();
    this.#walk((line, print) => {
      if (wanted.has(line)) prints.set(line, print);
    });
    const firstLines = new Map([...prints.values()].map((print) => [print, 0]));
    this.#walk((line, print) => {
      if (firstLines.get(print) === 0) firstLines.set(print, line);
    });
    return [...wanted]
      .toSorted((a, b) => a - b)
      .map((line) => ({ line, firstLine: firstLines.get(prints.get(line) ?? -1) ?? line }));
  }

  /** The lines on which these voters are named after the first time. */
  twinsOfPids(pids: readonly string[]): Twin[] {
    const firstLines = new Map(pids.map((pid) => [printOf(pid), 0]));
    const twins: Twin[] = [];
    this.#walk((line, print) => {
      const firstLine = firstLines.get(print);
      if (firstLine === 0) firstLines.set(print, line);
      else if (firstLine !== undefined) twins.push({ line, firstLine });
    });
    return twins;
  }

  #walk(visit: (line: number, print: number) => void): void {
    for (const [index, { lines, prints }] of this.#chunks.entries()) {
      const rows = Math.min(this.#rows - index * limits.rollLinesChunkRows, lines.length);
      for (let at = 0; at < rows; at += 1) visit(lines[at] ?? 0, prints[at] ?? 0);
    }
  }
}

function emptyChunk(): Chunk {
  const rows = limits.rollLinesChunkRows;
  return { lines: new Uint32Array(rows), prints: new Float64Array(rows) };
}

/**
 * Eight characters of base64url are 48 bits, an exact double: that one of two million rows has
 * those of a given other has odds below 10^-8. The first ones choose the shard, so the last are
 * taken.
 */
function printOf(pid: string): number {
  const at = pid.length - 9;
  return fourCharacters(pid, at) * 0x1000000 + fourCharacters(pid, at + 4);
}

function fourCharacters(pid: string, from: number): number {
  let print = 0;
  for (let at = from; at < from + 4; at += 1)
    print = (print << 6) | (sixBits[pid.charCodeAt(at)] ?? 0);
  return print;
}
