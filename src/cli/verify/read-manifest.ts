import { createHash } from "node:crypto";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { ContractError } from "../../client/client-errors.ts";
import type { Client } from "../../client/client.ts";
import { z } from "zod";
import type { DecisionAnswer } from "../api/answers.ts";
import type { Difference } from "./difference.ts";

/** A frozen manifest. What is not named here stays in it, since the hash covers it. */
const documentSchema = z.looseObject({
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  rule: z.record(z.string(), z.unknown()),
  opensAt: z.int(),
  closesAt: z.int().nullable(),
  extensionMinutes: z.int().nullable(),
  weightMax: z.int(),
});
export type ManifestDocument = z.infer<typeof documentSchema>;

/** The frozen manifest with its hash, computed anew. */
export type HashedManifest = { document: ManifestDocument; hash: string };

/**
 * Reads what was frozen as the decision opened, and compares its hash with the one that the
 * decision shows.
 */
export async function readHashedManifest(
  client: Client,
  { id, manifest_hash }: Pick<DecisionAnswer, "id" | "manifest_hash">,
): Promise<HashedManifest & { differences: Difference[] }> {
  const name = "GET /api/v1/decisions/{decisionId}/manifest";
  const parsed = documentSchema.safeParse(await client.call(name, { path: { decisionId: id } }));
  if (!parsed.success) throw new ContractError(name, z.prettifyError(parsed.error));
  const document = parsed.data;
  const hash = createHash("sha256").update(canonicalJson(document)).digest("hex");
  const actual = String(manifest_hash);
  const wrong = { kind: "wrong", decision: id, layer: "manifest", where: "hash" } as const;
  const isSame = hash === actual;
  return { document, hash, differences: isSame ? [] : [{ ...wrong, expected: hash, actual }] };
}
