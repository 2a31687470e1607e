import { z } from "zod";
import type { RegionTally } from "../ballot/tally.ts";
import { tallyFromJson, tallyToJson } from "../ballot/tally-json.ts";
import { statuses, visibilities } from "../decision/decision.ts";
import { invariant } from "../shared/invariant.ts";
import type { Cell, ShownCounts, ShownVersion } from "../results/shown-result.ts";

const wholeNumber = z.int().min(0);
const weight = z.string().regex(/^\d{1,40}$/);
const count = z.tuple([wholeNumber, weight]);
const onRoll = z.strictObject({ voters: wholeNumber, weight }).nullable();
const cell = z.tuple([z.string(), count, count, count, onRoll]);

/** A result as it is cached. A change raises the format: entries of another one are foreign. */
const entrySchema = z.strictObject({
  format: z.literal(1),
  decision: z.string(),
  status: z.enum(statuses),
  visibility: z.enum(visibilities),
  version: wholeNumber,
  accepted: wholeNumber,
  final: z.boolean(),
  asOf: wholeNumber,
  total: cell,
  regions: z.array(cell),
  hidden: z.array(z.string()),
  releaseMin: wholeNumber.nullable(),
  tokens: z.strictObject({ issued: wholeNumber, reissued: wholeNumber, revoked: wholeNumber }),
});
type CellCode = z.infer<typeof cell>;

/** No name is needed where there is one cell. */
const unnamed = "";

export function encodeResult(result: ShownCounts): string {
  return JSON.stringify({
    format: 1,
    decision: result.decisionId,
    status: result.status,
    visibility: result.visibility,
    version: result.version,
    accepted: result.accepted,
    final: result.isFinal,
    asOf: result.asOf,
    total: encodeCell(unnamed, result.total),
    regions: [...result.regions].map(([region, one]) => encodeCell(region, one)),
    hidden: result.hidden,
    releaseMin: result.releaseMin,
    tokens: result.tokens,
  });
}

/** The result that a text stands for, or null where it is not one of this decision and version. */
export function decodeResult(
  text: string,
  expected: { decisionId: string; version: number },
): ShownCounts | null {
  const entry = entrySchema.safeParse(parseJson(text)).data;
  if (entry?.decision !== expected.decisionId || entry.version !== expected.version) return null;
  return {
    shows: "counts",
    decisionId: entry.decision,
    status: entry.status,
    visibility: entry.visibility,
    // It was shown when it was kept: nothing else is ever kept.
    version: entry.version as ShownVersion,
    accepted: entry.accepted,
    isFinal: entry.final,
    asOf: entry.asOf,
    total: decodeCell(entry.total),
    regions: new Map(entry.regions.map((code) => [code[0], decodeCell(code)])),
    hidden: entry.hidden,
    releaseMin: entry.releaseMin,
    tokens: entry.tokens,
  };
}

function encodeCell(name: string, { figures, onRoll: roll }: Cell<RegionTally>): CellCode {
  const voters = roll === null ? null : { voters: roll.voters, weight: roll.weight };
  const [code] = tallyToJson(new Map([[name, figures]]));
  invariant(code !== undefined, "a tally of one region is one row");
  const [, yes, no, abstain] = code;
  return [name, yes, no, abstain, voters];
}

function decodeCell([name, yes, no, abstain, roll]: CellCode): Cell<RegionTally> {
  const figures = tallyFromJson([[name, yes, no, abstain]]).get(name);
  invariant(figures !== undefined, "a tally of one region has that region");
  return { figures, onRoll: roll };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
