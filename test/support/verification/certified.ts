import { createHash } from "node:crypto";
import { receiptKeys } from "../../../src/auth/receipt-keys.ts";
import { choices, type Choice } from "../../../src/ballot/ballot.ts";
import { recount } from "../../../src/ballot/recount.ts";
import { emptyRegionTally, sumRegionTallies } from "../../../src/ballot/tally.ts";
import type { DecisionDraft, Disclosure } from "../../../src/decision/decision.ts";
import { freezeManifest, manifestText } from "../../../src/decision/manifest.ts";
import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import { noTokens } from "../../../src/decision/token-counts.ts";
import { certifiedOutcome } from "../../../src/publication/certified-outcome.ts";
import {
  emptyPublicationState,
  PublicationBuilder,
  type PublicationList,
} from "../../../src/publication/publication-builder.ts";
import type { PublishedBallot } from "../../../src/publication/published-ballot.ts";
import { CountedCells } from "../../../src/results/counted-cells.ts";
import { finalOutcome } from "../../../src/results/outcome-answer.ts";
import { cellLookup, shownCells } from "../../../src/results/shown-cells.ts";
import type { publicationFiles } from "../../../src/verification/publication-source.ts";
import { openIndependently } from "../independent-opening.ts";
import { labelNonce } from "../label-nonce.ts";
import { sampleDecision, sampleDraft } from "../sample-draft.ts";

export type PublicationPart = keyof typeof publicationFiles;
export type PublicationParts = Record<PublicationPart, Uint8Array>;

export const signingKeys = receiptKeys(`one:${"A".repeat(43)},old:${"B".repeat(42)}A`);
export const otherKeys = receiptKeys(`one:${"C".repeat(42)}A`);
const openingKey = "07".repeat(32);

/** What a small certified decision is made from. */
export interface CertifiedDraft {
  disclosure: Disclosure;
  voters?: number;
  /** The share of voters in each region falls: the first has half of them. */
  regions?: readonly string[];
  weights?: readonly number[];
  rule?: DecisionDraft["rule"];
  draft?: Partial<DecisionDraft>;
  standingWithdrawals?: number;
}

/** The ballot of a voter, with what its receipt has besides. */
export type OwnBallot = PublishedBallot & { nonce: string; r: string };

export interface Certified {
  decisionId: string;
  parts: PublicationParts;
  /** What auditors are told of each hash. */
  openings: Record<string, unknown>[];
  ballots: OwnBallot[];
}

/** A small decision as it is certified, in the bytes that its routes answer with. */
export function certified(given: CertifiedDraft): Certified {
  const { disclosure, voters = 120, regions = ["north", 'Größe, "x"', "south"] } = given;
  const { weights = [1] } = given;
  const id = "delta-2027";
  const draft = sampleDraft({
    id,
    disclosure,
    regions: regions.map((code) => ({ code, name: code })),
    weightMax: Math.max(...weights),
    visibility: "sealed",
    ...(given.rule === undefined ? {} : { rule: given.rule }),
    ...given.draft,
  });
  const manifest = freezeManifest(sampleDecision(draft), null, 1_000);
  const ballots = Array.from({ length: voters }, (_, number) =>
    castBallot({ id, number, regions, weights, isNamed: disclosure === "roll_call" }),
  );
  const counted = ballots.filter(({ isCounted }) => isCounted);
  const cellsCounted = new CountedCells();
  for (const { region, weight } of counted) cellsCounted.add({ region, weight, voters: 1 });
  const cells = shownCells(manifest, cellsCounted.cells);
  const builder = new PublicationBuilder({
    disclosure,
    isCellShown: cellLookup(cells),
    state: emptyPublicationState,
    lastRows: () => "",
    pageCharactersMax: 4_000,
  });
  builder.add(ballots);
  const rowsOf = (list: PublicationList) =>
    builder
      .takePages(list)
      .map(({ rows }) => rows)
      .join("");
  const tally = recount(counted.map((one, seq) => ({ ...one, seq, pid: `p${seq}` })));
  const byRegion = new Map(
    regions.map((region) => [region, tally.get(region) ?? emptyRegionTally()] as const),
  );
  const text = manifestText(manifest);
  const outcome = finalOutcome({
    manifest,
    manifestHash: createHash("sha256").update(text).digest("hex"),
    times: { closedAt: 2_000, certifiedAt: 3_000 },
    result: {
      decisionId: id,
      status: "closed",
      visibility: draft.visibility,
      exposure: "exact",
      version: 9,
      accepted: voters,
      isFinal: true,
      asOf: 2_000,
      total: sumRegionTallies(tally.values()),
      roll: null,
      regions: byRegion,
      tokens: noTokens,
    } as unknown as Parameters<typeof finalOutcome>[0]["result"],
    seals: [{ shard: 0, seq: voters, tally, takenAt: 2_000, isSealed: true }],
    shown: disclosure === "roll_call" ? null : cells.regions,
    lookUps: 0,
  });
  const signed = certifiedOutcome({
    outcome,
    issuer: "enviro-governance",
    disclosure,
    state: builder.state,
    cells,
    standingWithdrawals: given.standingWithdrawals ?? 0,
    sign: signingKeys.signOutcome,
  });
  const parts = {
    outcome: encoded(signed),
    keys: encoded(JSON.stringify({ keys: signingKeys.publicKeys })),
    manifest: encoded(text),
    counted: encoded(rowsOf("counted")),
    others: encoded(rowsOf("others")),
  };
  const openings = rowsOf("openings").split("\n").slice(0, -1);
  return {
    decisionId: id,
    parts,
    openings: openings.map((row) => JSON.parse(row) as Record<string, unknown>),
    ballots,
  };
}

interface CastBallot {
  id: string;
  number: number;
  regions: readonly string[];
  weights: readonly number[];
  isNamed: boolean;
}

function castBallot({ id, number, regions, weights, isNamed }: CastBallot): OwnBallot {
  const choice: Choice = choices[[0, 0, 1, 0, 2, 1][number % 6] ?? 0] ?? "yes";
  // Half in the first region, a quarter in the second, and so on.
  const place = Math.min(Math.clz32(number + 1) % 5, 31) % Math.max(1, regions.length);
  const region = regions[number % 2 === 0 ? 0 : place] ?? "";
  const weight = weights[number % weights.length] ?? 1;
  const nonce = labelNonce(`voter ${number}`);
  const pid = `${number}`.padStart(22, "p");
  const opening = openIndependently(
    { decisionId: id, openingKey },
    { pid, nonce, choice, region, weight },
  );
  return {
    ...opening,
    nonce,
    choice,
    region,
    weight,
    isCounted: number % 10 !== 9,
    acceptedAt: isNamed ? 1_500 + number : 1_500,
    name: isNamed ? (number % 7 === 0 ? null : `Voter "${number}" Łódź`) : null,
    statement: isNamed && number % 3 === 0 ? `Because\nof ${number} \\ reasons` : null,
  };
}

export function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The parts with another outcome, signed by the deployment as if it were so. */
export function resigned(
  parts: PublicationParts,
  change: (outcome: Record<string, unknown>) => Record<string, unknown>,
  keys = signingKeys,
): PublicationParts {
  const { signature: _, ...outcome } = JSON.parse(decoded(parts.outcome)) as Record<
    string,
    unknown
  >;
  const changed = change(outcome);
  const signature = keys.signOutcome(canonicalJson(changed));
  return { ...parts, outcome: encoded(JSON.stringify({ ...changed, signature })) };
}
