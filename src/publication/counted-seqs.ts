import type { Ballot } from "../ballot/ballot.ts";

/** Numbers from 1 up to a last one, a bit each: a million are 125 kB. */
export class SeqSet {
  readonly #bits: Uint8Array;

  constructor(last: number) {
    this.#bits = new Uint8Array(Math.floor(last / 8) + 1);
  }

  add(seq: number): void {
    const at = seq >> 3;
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (seq & 7));
  }

  has(seq: number): boolean {
    return ((this.#bits[seq >> 3] ?? 0) & (1 << (seq & 7))) !== 0;
  }
}

/** What is read of a ballot to see whether it counts; `isFirst` of its voter. */
export type SeenBallot = Pick<Ballot, "seq" | "pid" | "choice"> & { isFirst: boolean };

/** A shard's ballots from the newest back to the first, as often as they are asked for. */
export interface BallotsBackwards {
  /** The seq of the newest. */
  last: number;
  read: () => Iterable<SeenBallot>;
}

/**
 * Which ballots count: of each voter the newest, where it is no withdrawal. Only voters with more
 * than one ballot are kept in memory, `votersMax` at a time; where there are more, the ballots are
 * read once for each part of them.
 */
export function countedSeqs({ last, read }: BallotsBackwards, votersMax: number): SeqSet {
  const counted = new SeqSet(last);
  let later = 0;
  for (const { isFirst } of read()) later += isFirst ? 0 : 1;
  const parts = Math.max(1, Math.ceil(later / votersMax));
  for (let part = 0; part < parts; part += 1) {
    const replaced = new Set<string>();
    for (const { seq, pid, choice, isFirst } of read()) {
      if (parts > 1 && partOf(pid) % parts !== part) continue;
      // Nothing is older than a first ballot.
      const isReplaced = isFirst ? replaced.delete(pid) : replaced.has(pid);
      if (!isFirst) replaced.add(pid);
      if (!isReplaced && choice !== "withdrawn") counted.add(seq);
    }
  }
  return counted;
}

/** Spreads pids evenly: the beginning of one is the output of a mac. */
function partOf(pid: string): number {
  let part = 0;
  for (let index = 0; index < 5; index += 1) part = part * 64 + (pid.charCodeAt(index) % 64);
  return part;
}
