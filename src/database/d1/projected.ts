import type { DatabaseReads, RegionalResultRow } from "../database.ts";
import { isLetterOpen } from "./open-letter.ts";

/**
 * ?1: decision_id, ?2: regions as a JSON array. One statement and one row, its lists as JSON: each decision asks for it once, and each statement
 * is a round of its own. Results are sought by region first, since that is how their key begins.
 */
export const projectedStatement = `
  SELECT
    (SELECT json_group_array(json_array(shard, applied_seq)) FROM shard_progress WHERE decision_id = ?1) AS progress,
    (SELECT json_group_array(json_array(shard, ballots)) FROM (
      SELECT shard, count(*) AS ballots FROM votes WHERE decision_id = ?1 GROUP BY shard
    )) AS counted,
    (SELECT count(*) FROM dead_letters WHERE decision_id = ?1 AND ${isLetterOpen}) AS openLetters,
    (SELECT json_group_array(json_array(region, version, as_of, is_final,
        yes_ballots, yes_weight, no_ballots, no_weight, abstain_ballots, abstain_weight))
      FROM regional_results WHERE region IN (SELECT value FROM json_each(?2)) AND decision_id = ?1) AS results`;

type Row = { progress: string; counted: string; openLetters: number; results: string };

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

export function d1Projected(db: D1Database): Pick<DatabaseReads, "readProjected"> {
  return {
    async readProjected(decisionId, regions) {
      const statement = db.prepare(projectedStatement).bind(decisionId, JSON.stringify(regions));
      const {
        results: [row],
      } = await statement.all<Row>();
      if (row === undefined) throw new Error("a SELECT without FROM gave no row");
      // Written by the statement above and by nothing else.
      const applied = new Map(JSON.parse(row.progress) as [shard: number, appliedSeq: number][]);
      const counted = JSON.parse(row.counted) as [shard: number, ballots: number][];
      const results = JSON.parse(row.results) as ResultCode[];
      return {
        shards: counted.map(([shard, ballots]) => ({
          decisionId,
          shard,
          ballots,
          appliedSeq: applied.get(shard) ?? 0,
        })),
        openLetters: row.openLetters,
        results: results.map((code) => resultOf(decisionId, code)),
      };
    },
  };
}

function resultOf(decisionId: string, code: ResultCode): RegionalResultRow {
  const [region, version, asOf, isFinal, yes, yesWeight, no, noWeight, abstain, abstainWeight] =
    code;
  const tally = {
    yes: { ballots: yes, weight: BigInt(yesWeight) },
    no: { ballots: no, weight: BigInt(noWeight) },
    abstain: { ballots: abstain, weight: BigInt(abstainWeight) },
  };
  return { decisionId, region, version, asOf, isFinal: isFinal === 1, tally };
}
