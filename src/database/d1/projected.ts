import type { BallotChoice } from "../../ballot/ballot.ts";
import type {
  SpanCounts,
  BallotRecount,
  DatabaseReads,
  Projected,
  RegionalResultRow,
} from "../database.ts";
import { toRegionalResult } from "../list-reads.ts";
import { countInPortions, storedShards, type PortionCount } from "../count-in-portions.ts";
import { recountShards, type ShardCount } from "../tally-of-counts.ts";
import { isDeadLetterOpen } from "./open-dead-letter.ts";

/**
 * ?1: decision_id, ?2: regions as a JSON array. One statement and one row, its lists as JSON: each
 * decision asks for it once, and each statement is a round of its own. Results are sought by region
 * first, since that is how their key begins.
 */
const everythingWith = (ballots: string) => `
  SELECT
    (SELECT json_group_array(json_array(shard, applied_seq)) FROM shard_progress WHERE decision_id = ?1) AS progress,
    ${ballots} AS ballots,
    (SELECT count(*) FROM dead_letters WHERE decision_id = ?1 AND ${isDeadLetterOpen}) AS openDeadLetters,
    (SELECT json_group_array(json_array(region, version, as_of, is_final,
        yes_ballots, yes_weight, no_ballots, no_weight, abstain_ballots, abstain_weight))
      FROM regional_results WHERE region IN (SELECT value FROM json_each(?2)) AND decision_id = ?1) AS results`;

const million = 1_000_000;

/**
 * The newest ballot of each pid, by region and choice: beside max() SQLite takes the other columns
 * from the row that has it (sqlite.org/lang_select.html, "Bare columns in an aggregate query").
 * Weights are summed in two parts: beyond 9.2 million ballots of 10^12 the sum passes SQLite's 64
 * bits. Each part of 10^9 ballots is at most 10^15, and exact in JSON too.
 */
const countedAgain = (ballots: string) => `
  SELECT json_group_array(json_array(shard, region, choice, stored, counted, millions, ones)) FROM (
    SELECT shard, region, choice, sum(stored) AS stored, count(*) AS counted,
      sum(weight / ${million}) AS millions, sum(weight % ${million}) AS ones
    FROM (SELECT shard, pid, count(*) AS stored, max(seq), choice, region, weight FROM votes WHERE ${ballots} GROUP BY shard, pid)
    GROUP BY shard, region, choice
  )`;

export const projectedStatements = {
  /** Without ballots: those are counted a portion at a time. */
  summary: everythingWith("'[]'"),
  /**
   * ?1: decision_id, ?2: shard and ?3: seq of the last row before the portion, ?4: how many rows of
   * it are counted.
   */
  countedPortion: `
    SELECT shard, count(*) AS ballots, max(seq) AS lastSeq FROM (
      SELECT shard, seq FROM votes WHERE decision_id = ?1 AND (shard, seq) > (?2, ?3) ORDER BY shard, seq LIMIT ?4
    ) GROUP BY shard`,
  /** ?1: decision_id, ?2: the spans as a JSON array of arrays. A range of the key each. */
  countedSpans: `
    SELECT (
      SELECT count(*) FROM votes WHERE decision_id = ?1 AND shard = span.value ->> 0
        AND seq > span.value ->> 1 AND seq <= span.value ->> 2
    ) AS ballots FROM json_each(?2) AS span ORDER BY span.key`,
  recounted: everythingWith(`(${countedAgain("decision_id = ?1")})`),
} as const;

// What the statements above write as JSON, and nothing else does.
type ProgressCode = [shard: number, appliedSeq: number];
type RecountCode = [
  shard: number,
  region: string,
  choice: BallotChoice,
  stored: number,
  counted: number,
  millions: number,
  ones: number,
];
type ResultCode = [
  region: string,
  version: number,
  asOf: number,
  isFinal: 0 | 1,
  yesBallots: number,
  yesWeight: string,
  noBallots: number,
  noWeight: string,
  abstainBallots: number,
  abstainWeight: string,
];

type Row = { progress: string; ballots: string; openDeadLetters: number; results: string };

/** The part of D1 that these reads need. */
interface PreparedReads {
  prepare(text: string): {
    bind(...values: unknown[]): { all(): Promise<{ results: unknown[] }> };
  };
}

export function d1Projected(
  db: PreparedReads,
): Pick<DatabaseReads, "readProgress" | "readProjected"> & BallotRecount & SpanCounts {
  const readRow = async (text: string, decisionId: string, regions: readonly string[]) =>
    oneRow(await db.prepare(text).bind(decisionId, JSON.stringify(regions)).all());
  return {
    async readProgress(decisionId, regions) {
      const row = await readRow(projectedStatements.summary, decisionId, regions);
      const shards = [...appliedSeqs(row)].map(([shard, appliedSeq]) => ({
        decisionId,
        shard,
        appliedSeq,
      }));
      return { shards, ...projectedOf(decisionId, row) };
    },

    async readProjected(decisionId, regions) {
      const row = await readRow(projectedStatements.summary, decisionId, regions);
      const applied = appliedSeqs(row);
      const counts = await countInPortions(async ({ shard, seq }, max) => {
        const portion = db.prepare(projectedStatements.countedPortion);
        const { results } = await portion.bind(decisionId, shard, seq, max).all();
        return results as PortionCount[];
      });
      const shards = storedShards(decisionId, counts, applied);
      return { shards, ...projectedOf(decisionId, row) };
    },

    async readRecounted(decisionId, regions) {
      const row = await readRow(projectedStatements.recounted, decisionId, regions);
      const shards = recountShards(decisionId, countsOf(row, appliedSeqs(row)));
      return { shards, ...projectedOf(decisionId, row) };
    },

    async countSpans(decisionId, spans) {
      const codes = spans.map(({ shard, afterSeq, untilSeq }) => [shard, afterSeq, untilSeq]);
      const statement = db.prepare(projectedStatements.countedSpans);
      const { results } = await statement.bind(decisionId, JSON.stringify(codes)).all();
      return (results as { ballots: number }[]).map(({ ballots }) => ballots);
    },
  };
}

/** The statements above name their columns so. */
function oneRow({ results: [row] }: { results: unknown[] }): Row {
  if (row === undefined) throw new Error("a SELECT without FROM gave no row");
  return row as Row;
}

function projectedOf(decisionId: string, row: Row): Omit<Projected, "shards"> {
  const results = JSON.parse(row.results) as ResultCode[];
  return {
    openDeadLetters: row.openDeadLetters,
    // D1 has no partitions to detach.
    archived: [],
    results: results.map((code) => resultOf(decisionId, code)),
  };
}

/** How far each shard's ballots are stored without a gap. */
function appliedSeqs(row: Row): Map<number, number> {
  return new Map(JSON.parse(row.progress) as ProgressCode[]);
}

function countsOf(row: Pick<Row, "ballots">, applied?: Map<number, number>): ShardCount[] {
  const codes = JSON.parse(row.ballots) as RecountCode[];
  return codes.map(([shard, region, choice, stored, ballots, millions, ones]) => ({
    shard,
    region,
    choice,
    stored,
    ballots,
    weight: BigInt(millions) * BigInt(million) + BigInt(ones),
    appliedSeq: applied?.get(shard) ?? null,
  }));
}

function resultOf(decisionId: string, code: ResultCode): RegionalResultRow {
  const [region, version, asOf, isFinal, ...counts] = code;
  const [yesBallots, yesWeight, noBallots, noWeight, abstainBallots, abstainWeight] = counts;
  const head = { decisionId, region, version, asOf, isFinal: isFinal === 1 };
  return toRegionalResult({
    ...head,
    yesBallots,
    yesWeight,
    noBallots,
    noWeight,
    abstainBallots,
    abstainWeight,
  });
}
