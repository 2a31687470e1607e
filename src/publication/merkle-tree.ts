import { SHA256 } from "@stablelib/sha256";
import { invariant } from "../shared/invariant.ts";
import { fromHex, toHex } from "../shared/hex.ts";

/**
 * How far a tree has grown: its size, and the roots of the perfect subtrees that its leaves fill,
 * the largest first, in hexadecimal digits. There are as many as its size has binary ones.
 */
export type MerkleState = { size: number; roots: readonly string[] };

export const emptyMerkleState: MerkleState = { size: 0, roots: [] };

const [leafPrefix, nodePrefix] = [Uint8Array.of(0), Uint8Array.of(1)];

/**
 * A Merkle tree that grows leaf by leaf (RFC 9162, 2.1.1), in memory that grows with the logarithm
 * of its size. It goes on from a state that it has given.
 */
export class MerkleTree {
  readonly #sha256 = new SHA256();
  readonly #roots: Uint8Array[];
  #size: number;

  constructor({ size, roots }: MerkleState = emptyMerkleState) {
    this.#size = size;
    this.#roots = roots.map(fromHex);
  }

  /** Appends what a leaf stands for. */
  add(data: Uint8Array): void {
    let node = this.#hash(leafPrefix, data);
    // A subtree for each one at the end of the size is full now together with the new leaf.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#roots.pop();
      invariant(left !== undefined, "a tree has a subtree for each binary one of its size");
      node = this.#hash(nodePrefix, left, node);
    }
    this.#roots.push(node);
    this.#size += 1;
  }

  get state(): MerkleState {
    return { size: this.#size, roots: this.#roots.map(toHex) };
  }

  /** The root in hexadecimal digits; of an empty tree the hash of nothing. */
  get root(): string {
    const [last, ...others] = this.#roots.toReversed();
    if (last === undefined) return toHex(this.#hash());
    return toHex(others.reduce((right, left) => this.#hash(nodePrefix, left, right), last));
  }

  #hash(...parts: readonly Uint8Array[]): Uint8Array {
    this.#sha256.reset();
    for (const part of parts) this.#sha256.update(part);
    return this.#sha256.digest();
  }
}
