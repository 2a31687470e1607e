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
  shardMap: z.array(z.looseObject({ group: z.int().nonnegative().optional() })),
  placement: z.array(z.looseObject({ regions: z.array(z.string()) })).optional(),
  map: z.object({ hash: z.string(), bytes: z.int() }).optional(),
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
  const differences = hash === actual ? [] : [{ ...wrong, expected: hash, actual }];
  return {
    document,
    hash,
    differences: [...differences, ...(await compareMap(client, id, document))],
  };
}

/** Compares the map that is served with the hash that was frozen. */
async function compareMap(
  client: Client,
  decision: string,
  { map }: ManifestDocument,
): Promise<Difference[]> {
  if (map === undefined) return [];
  const name = "GET /api/v1/decisions/{decisionId}/map";
  // It was written in this form, and its members keep their order.
  const text = JSON.stringify(await client.call(name, { path: { decisionId: decision } }));
  const actual = createHash("sha256").update(text).digest("hex");
  const wrong = { kind: "wrong", decision, layer: "manifest", where: "map" } as const;
  return actual === map.hash ? [] : [{ ...wrong, expected: map.hash, actual }];
}
