import { z } from "zod";
import { tallyFromJson, tallyToJson } from "../ballot/tally-json.ts";
import { lifecycleSteps } from "../decision/lifecycle.ts";
import type { DecisionStatus } from "../decision/decision.ts";
import type { DecisionResult } from "../results/result.ts";

const wholeNumber = z.int().min(0);
const weight = z.string().regex(/^\d{1,40}$/);
const count = z.tuple([wholeNumber, weight]);
const region = z.tuple([z.string(), count, count, count]);
const figures = { voters: wholeNumber, weight };
// The keys of a table with an entry for each status.
const statuses = Object.keys(lifecycleSteps) as DecisionStatus[];

/** A result as it stands in a cache. Whoever changes it raises the format: entries of another one count as foreign. */
const entrySchema = z.strictObject({
  format: z.literal(1),
  decision: z.string(),
  status: z.enum(statuses),
  version: wholeNumber,
  accepted: wholeNumber,
  final: z.boolean(),
  asOf: wholeNumber,
  roll: z
    .strictObject({
      ...figures,
      import: wholeNumber,
      hash: z.string(),
      regions: z.array(z.strictObject({ region: z.string(), ...figures })),
      shardHashes: z.array(z.string()),
    })
    .nullable(),
  total: region,
  regions: z.array(region),
});

const totalName = "";

export function encodeResult(result: DecisionResult): string {
  const [total] = tallyToJson(new Map([[totalName, result.total]]));
  return JSON.stringify({
    format: 1,
    decision: result.decisionId,
    status: result.status,
    version: result.version,
    accepted: result.accepted,
    final: result.isFinal,
    asOf: result.asOf,
    roll: result.roll,
    total,
    regions: tallyToJson(result.regions),
  });
}

/** The result that a text stands for, or null where it is not one of this decision and version. */
export function decodeResult(
  text: string,
  expected: { decisionId: string; version: number },
): DecisionResult | null {
  const entry = entrySchema.safeParse(parseJson(text)).data;
  if (entry?.decision !== expected.decisionId || entry.version !== expected.version) return null;
  const total = tallyFromJson([entry.total]).get(entry.total[0]);
  if (total === undefined) return null;
  return {
    decisionId: entry.decision,
    status: entry.status,
    version: entry.version,
    accepted: entry.accepted,
    isFinal: entry.final,
    asOf: entry.asOf,
    roll: entry.roll,
    total,
    regions: tallyFromJson(entry.regions),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
