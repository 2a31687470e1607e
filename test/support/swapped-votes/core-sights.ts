import type { CastOutcome } from "../../../src/ballot/cast-many.ts";
import type { Manifest } from "../../../src/decision/decision.ts";
import { showingOf } from "../../../src/decision/visibility.ts";
import { certifiedOutcome } from "../../../src/publication/certified-outcome.ts";
import {
  emptyPublicationState,
  PublicationBuilder,
  publicationLists,
} from "../../../src/publication/publication-builder.ts";
import type { PublishedBallot } from "../../../src/publication/published-ballot.ts";
import { diffResults } from "../../../src/results/delta.ts";
import { finalOutcome, liveOutcome } from "../../../src/results/outcome-answer.ts";
import { publicResult } from "../../../src/results/public-result.ts";
import { viewDelta, viewRegionResult, viewResult } from "../../../src/results/result-json.ts";
import type { DecisionResult } from "../../../src/results/result.ts";
import type { ShardSnapshot } from "../../../src/results/shard-snapshot.ts";
import { cellLookup, shownCells, type CountedCell } from "../../../src/results/shown-cells.ts";
import { showResult, type ShownResult } from "../../../src/results/shown-result.ts";
import type { KeptBallot } from "./core-shards.ts";
import { hexOf, type RandomElection } from "./random-election.ts";

/** The kinds of what is shown: each has routes of its own. */
export const sightKinds = [
  "answer",
  "results",
  "region",
  "frame",
  "live outcome",
  "closed outcome",
  "certified outcome",
  "counted row",
  "other row",
  "opening",
] as const;
export type SightKind = (typeof sightKinds)[number];

/** What somebody saw. */
export interface Sight {
  kind: SightKind;
  text: string;
  /** The voter whose own request was answered: nobody else sees it. Null for what others see. */
  voter: number | null;
}

/** What the record knows beyond what it shows, at the moment when something is shown. */
export interface Secrets {
  kept: readonly KeptBallot[];
  /** The ballot of a row. */
  of: KeptBallot | null;
  /** The true result. */
  result: DecisionResult | null;
  /** The voter whose own request is answered. */
  voter: number | null;
}

/** Gives what is added to what is shown; undefined for nothing. */
export type Plant = (kind: SightKind, secrets: Secrets) => unknown;

interface ViewInput {
  election: RandomElection;
  manifest: Manifest;
  kept: () => readonly KeptBallot[];
  plant: Plant | null;
}

/** What is certified, and what it is made of. */
interface Certified {
  result: DecisionResult;
  seals: readonly ShardSnapshot[];
  published: readonly { ballot: PublishedBallot; of: KeptBallot }[];
}

/** Writes down what is shown of an election, as the product's routes make it. */
export function openPublicView(input: ViewInput) {
  const sights: Sight[] = [];
  let shownBefore: ShownResult | null = null;
  const see = (kind: SightKind, text: string, secrets: Partial<Secrets> = {}): void => {
    const { plant, kept } = input;
    const { voter = null, ...known } = secrets;
    const all = { of: null, result: null, voter, ...known };
    const added = plant?.(kind, { ...all, kept: kept() });
    const more = added === undefined ? "" : ` ${JSON.stringify(added)}`;
    sights.push({ kind, text: `${text}${more}`, voter });
  };
  const result = (known: DecisionResult, now: number): void => {
    const secrets = { result: known };
    const shown = showResult(known, now);
    see("results", `W/"${shown.version}" ${JSON.stringify(viewResult(shown, now))}`, secrets);
    for (const code of [...input.election.regions, "nowhere"])
      see("region", JSON.stringify(viewRegionResult(shown, code, now)), secrets);
    const delta = shownBefore === null ? null : diffResults(shownBefore, shown);
    const isNewer = shownBefore?.version !== shown.version;
    shownBefore = shown;
    if (!isNewer) return;
    see("frame", JSON.stringify(delta === null ? null : viewDelta(delta, now)), secrets);
    // Written once a version, as the route keeps it.
    if (known.status === "open" && showingOf(known.visibility, known.status) === "counts")
      see("live outcome", liveOutcome(input.manifest, "hash", publicResult(known))(now), secrets);
  };
  return {
    sights,
    answer: (outcome: CastOutcome | undefined, voter: number | null): void =>
      see("answer", JSON.stringify(outcome), { voter }),
    result,
    certify: (certified: Certified): void => certify(input, certified, see),
  };
}

function certify(
  { manifest, election }: ViewInput,
  { result, seals, published }: Certified,
  see: (kind: SightKind, text: string, secrets?: Partial<Secrets>) => void,
): void {
  const counted = published.filter(({ ballot }) => ballot.isCounted).map(({ ballot }) => ballot);
  const cells = shownCells(manifest, countCells(counted));
  const times = { closedAt: result.asOf, certifiedAt: null };
  const common = { manifest, manifestHash: "hash", times, result, seals, lookUps: 0 };
  see("closed outcome", JSON.stringify(finalOutcome({ ...common, shown: [] })), { result });
  const ballots = new Map(published.map(({ ballot, of }) => [ballot.hash, of]));
  const builder = new PublicationBuilder({
    disclosure: election.disclosure,
    isCellShown: cellLookup(cells),
    state: emptyPublicationState,
    lastRows: () => "",
    pageCharactersMax: 2_000,
  });
  // As shards send them, bucket by bucket: each in its own order.
  builder.add(published.map(({ ballot }) => ballot));
  const kinds = { counted: "counted row", others: "other row", openings: "opening" } as const;
  for (const list of publicationLists) {
    for (const { page, rows } of builder.takePages(list)) {
      see(kinds[list], `page ${page}`);
      for (const row of rows.split("\n")) {
        const of = ballots.get(/[0-9a-f]{64}/.exec(row)?.[0] ?? "") ?? null;
        see(kinds[list], row, { of });
      }
    }
  }
  const shown = result.status === "certified" ? cells.regions : [];
  const outcome = finalOutcome({ ...common, shown });
  const sign = (text: string) => ({ key_id: "key", signature: hexOf(text) });
  const { disclosure } = election;
  const voters = new Set(published.map(({ of }) => of.pid));
  const text = certifiedOutcome({
    outcome,
    issuer: "enviro-governance",
    disclosure,
    state: builder.state,
    cells,
    standingWithdrawals: voters.size - counted.length,
    sign,
  });
  see("certified outcome", text, { result });
  const final = showResult({ ...result, exposure: { kind: "regions", codes: shown } }, result.asOf);
  see("results", JSON.stringify(viewResult(final, result.asOf)), { result });
}

function countCells(counted: readonly PublishedBallot[]): CountedCell[] {
  const cells = new Map<string, CountedCell>();
  for (const { region, weight } of counted) {
    const key = `${weight} ${region}`;
    const { voters } = cells.get(key) ?? { voters: 0 };
    cells.set(key, { region, weight, voters: voters + 1 });
  }
  return [...cells.values()];
}
