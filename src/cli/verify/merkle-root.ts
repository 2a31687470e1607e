import { createHash } from "node:crypto";

/**
 * The Merkle root of hashes as RFC 9162, 2.1.1 defines it, made by itself: a check that shared the
 * code it checks would agree with its faults.
 */
export class MerkleRoot {
  /** Complete subtrees, the largest first, each with how many leaves it has. */
  readonly #subtrees: { leaves: number; node: Buffer }[] = [];
  size = 0;

  /** Appends a leaf, in hexadecimal digits. */
  add(hash: string): void {
    let right = { leaves: 1, node: digest(0, Buffer.from(hash, "hex")) };
    for (let left = this.#subtrees.at(-1); left?.leaves === right.leaves;) {
      this.#subtrees.pop();
      right = { leaves: 2 * right.leaves, node: digest(1, left.node, right.node) };
      left = this.#subtrees.at(-1);
    }
    this.#subtrees.push(right);
    this.size += 1;
  }

  /** In hexadecimal digits; of no leaf the hash of nothing. */
  get hex(): string {
    let root: Buffer | null = null;
    for (const { node } of this.#subtrees.toReversed())
      root = root === null ? node : digest(1, node, root);
    return (root ?? createHash("sha256").digest()).toString("hex");
  }
}

function digest(prefix: 0 | 1, ...parts: readonly Buffer[]): Buffer {
  return createHash("sha256")
    .update(Buffer.concat([Buffer.of(prefix), ...parts]))
    .digest();
}
