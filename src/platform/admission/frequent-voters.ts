import { limits } from "../../shared/limits.ts";

/**
 * Who came more than once or twice in a window, as far as this isolate has seen. Voters share cells,
 * so that one may be taken for frequent who is not; never the reverse.
 */
export class FrequentVoters {
  readonly #counts = new Uint8Array(limits.rateVoterCells);
  #windowEndsAt = 0;

  /** Counts a voter at a moment (ms), and says whether that was one too many. */
  count(pid: string, now: number): boolean {
    if (now >= this.#windowEndsAt) {
      this.#counts.fill(0);
      this.#windowEndsAt = now + limits.rateWindowSeconds * 1_000;
    }
    const cell = cellOf(pid);
    const count = this.#counts[cell] ?? 0;
    if (count >= limits.rateVoterRequestsFree) return true;
    this.#counts[cell] = count + 1;
    return false;
  }
}

/** A pid is a mac in base64url: four of its characters have 24 bits that nobody can choose. */
function cellOf(pid: string): number {
  let bits = 0;
  for (let index = 0; index < 4; index += 1) bits = (bits * 61 + pid.charCodeAt(index)) | 0;
  return (bits & 0x7fff_ffff) % limits.rateVoterCells;
}
