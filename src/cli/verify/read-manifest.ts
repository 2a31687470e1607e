import { createHash } from "node:crypto";
import { canonicalJson } from "../../decision/manifest.ts";
import type { ApiClient } from "../client/api-client.ts";
import { manifestSchema, type DecisionAnswer, type ManifestAnswer } from "../client/contract.ts";
import type { Difference } from "./difference.ts";

/** The frozen manifest with its hash, computed anew. */
export type HashedManifest = { document: ManifestAnswer; hash: string };

/** Reads what was frozen as the decision opened, and compares its hash with the one that the decision shows. */
export async function readManifest(
  client: ApiClient,
  { id, manifest_hash }: Pick<DecisionAnswer, "id" | "manifest_hash">,
): Promise<HashedManifest & { differences: Difference[] }> {
  const document = await client.get(`/decisions/${id}/manifest`, manifestSchema);
  const hash = createHash("sha256").update(canonicalJson(document)).digest("hex");
  const [place, actual] = ["hash", String(manifest_hash)];
  const wrong = { kind: "wrong", decision: id, layer: "manifest", place, actual } as const;
  return { document, hash, differences: hash === actual ? [] : [{ ...wrong, expected: hash }] };
}
