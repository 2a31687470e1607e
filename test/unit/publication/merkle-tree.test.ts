import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MerkleTree } from "../../../src/publication/merkle-tree.ts";

/** The leaves of the published test vectors of Certificate Transparency (RFC 6962). */
const leaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => Buffer.from(hex, "hex"));

/** Their roots, of the first leaf up to all eight. */
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const sha256 = (...parts: Uint8Array[]): Buffer =>
  createHash("sha256").update(Buffer.concat(parts)).digest();

/** The definition of RFC 9162, 2.1.1, word for word. */
function rootByDefinition(data: readonly Uint8Array[]): Buffer {
  const [only] = data;
  if (only === undefined) return sha256();
  if (data.length === 1) return sha256(Uint8Array.of(0), only);
  let split = 1;
  while (split * 2 < data.length) split *= 2;
  const [left, right] = [data.slice(0, split), data.slice(split)];
  return sha256(Uint8Array.of(1), rootByDefinition(left), rootByDefinition(right));
}

function treeOf(data: readonly Uint8Array[]): MerkleTree {
  const tree = new MerkleTree();
  for (const leaf of data) tree.add(leaf);
  return tree;
}

describe("a Merkle tree", () => {
  it("has the root of the published test vectors at each of their sizes", () => {
    expect(new MerkleTree().root).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    expect(leaves.map((_, last) => treeOf(leaves.slice(0, last + 1)).root)).toEqual(roots);
  });

  it("has the root of the definition at every size, also when it goes on from a kept state", () => {
    for (let size = 0; size <= 130; size += 1) {
      const data = Array.from({ length: size }, (_, leaf) => sha256(Buffer.from(String(leaf))));
      const expected = rootByDefinition(data).toString("hex");
      expect(treeOf(data).root).toBe(expected);
      const half = treeOf(data.slice(0, size >> 1)).state;
      const resumed = new MerkleTree(JSON.parse(JSON.stringify(half)));
      for (const leaf of data.slice(size >> 1)) resumed.add(leaf);
      expect(resumed.root).toBe(expected);
      expect(resumed.state.size).toBe(size);
    }
  });

  it("keeps as many roots as its size has binary ones", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), (size) => {
        const tree = treeOf(Array.from({ length: size }, () => Uint8Array.of(1)));
        const ones = size.toString(2).replaceAll("0", "").length;
        expect(tree.state.roots).toHaveLength(ones);
      }),
      { numRuns: 50 },
    );
  });
});
