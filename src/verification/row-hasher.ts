import { SHA256 } from "@stablelib/sha256";
import { choices } from "../ballot/ballot.ts";
import { framed } from "../shared/framed.ts";
import type { PublishedRowReader } from "./row-reader.ts";

const empty = new Uint8Array(32);

/**
 * Makes the hashes of rows again, in memory that is written over. It knows nothing of openers: it
 * has of a ballot what a stranger has.
 */
export class RowHasher {
  readonly #sha256 = new SHA256();
  readonly #made = new Uint8Array(32);
  readonly #frames: readonly Uint8Array[];
  /** The framed weight: its length, and eight bytes. */
  readonly #weight = Uint8Array.of(0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0);
  readonly #weightView = new DataView(this.#weight.buffer);

  constructor(decisionId: string) {
    this.#frames = choices.map((choice) =>
      framed("enviro-governance/ballot/1", decisionId, choice, empty, empty),
    );
  }

  /** Whether the row's hash is made of its choice, K and C. */
  isBallotHash({ hash, choice, k, c }: PublishedRowReader): boolean {
    const frame = this.#frames[choice] ?? empty;
    // K and C stand last, each after its length.
    frame.set(k, frame.length - 68);
    frame.set(c, frame.length - 32);
    this.#sha256.reset().update(frame).finish(this.#made);
    return isSame(this.#made, hash);
  }

  /** Whether the row's C is made of its u, region and weight. */
  isCell({ c, u, region, weight, regions }: PublishedRowReader): boolean {
    this.#weightView.setUint32(4, Math.floor(weight / 2 ** 32));
    this.#weightView.setUint32(8, weight % 2 ** 32);
    const frame = regions.frameOf(region);
    this.#sha256.reset().update(u).update(frame).update(this.#weight).finish(this.#made);
    return isSame(this.#made, c);
  }
}

function isSame(made: Uint8Array, given: Uint8Array): boolean {
  for (let at = 0; at < 32; at += 1) if (made[at] !== given[at]) return false;
  return true;
}
