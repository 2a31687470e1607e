import { expect, test } from "vitest";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { readHashedManifest } from "../../../../src/cli/verify/read-manifest.ts";
import { canonicalJson } from "../../../../src/shared/canonical-json.ts";
import { clientOf } from "./client-of.ts";

const drawn = { type: "Topology", objects: {}, arcs: [[[0, 0]]] };
const frozenHash = sha256Hex(JSON.stringify(drawn));

/** What is found of a decision whose frozen map is the one drawn above. */
async function differencesWhere(served: object) {
  const manifest = {
    regions: [{ code: "north", name: "North" }],
    rule: {},
    opensAt: 1,
    closesAt: null,
    extensionMinutes: null,
    weightMax: 1,
    shardMap: [{ locationHint: null }],
    map: { hash: frozenHash, bytes: JSON.stringify(drawn).length },
  };
  const client = clientOf(({ pathname }) => (pathname.endsWith("/map") ? served : manifest));
  const decision = { id: "d", manifest_hash: sha256Hex(canonicalJson(manifest)) };
  return (await readHashedManifest(client, decision)).differences;
}

test("a map that is served as it was frozen is no difference", async () => {
  expect(await differencesWhere(drawn)).toEqual([]);
});

test("a map that is served with another border is one", async () => {
  const moved = { ...drawn, arcs: [[[0, 1]]] };
  expect(await differencesWhere(moved)).toEqual([
    {
      kind: "wrong",
      decision: "d",
      layer: "manifest",
      where: "map",
      expected: frozenHash,
      actual: sha256Hex(JSON.stringify(moved)),
    },
  ]);
});
