import { limits } from "../../../shared/limits.ts";
import type { SearchStatistics } from "../../search.ts";
import { type StatisticCodes, statisticsOf } from "../statistics-of.ts";

const ballotSums =
  "coalesce(sum(yes_ballots), 0), coalesce(sum(no_ballots), 0), coalesce(sum(abstain_ballots), 0)";
const countBy = (value: string) => `
  SELECT json_group_array(json_array(value, count)) FROM (
    SELECT ${value} AS value, count(*) AS count FROM decisions WHERE ${value} <> '' GROUP BY 1
  )`;

/** ?1: decision_id, or null for all. One row, whose JSON is `StatisticCodes`. */
const statement = `
  WITH decisions AS MATERIALIZED (
    SELECT status, outcome, strftime('%Y-%m', closed_at / 1000, 'unixepoch') AS month, electorate, voted
    FROM found_decisions JOIN found_kinds USING (kind) WHERE ?1 IS NULL OR id = ?1
  ), regions AS MATERIALIZED (
    SELECT region, sum(yes_ballots) AS yes_ballots, sum(no_ballots) AS no_ballots, sum(abstain_ballots) AS abstain_ballots
    FROM counted_ballots WHERE ?1 IS NULL OR decision_id = ?1 GROUP BY region
  )
  SELECT json_object(
    'total', (SELECT count(*) FROM decisions),
    'statuses', json((${countBy("status")})),
    'outcomes', json((${countBy("outcome")})),
    'months', json((${countBy("month")})),
    'turnout', json((
      SELECT json_array(count(*), coalesce(sum(electorate), 0), coalesce(sum(voted), 0))
      FROM decisions WHERE electorate IS NOT NULL AND voted IS NOT NULL
    )),
    'ballots', json((SELECT json_array(${ballotSums}) FROM regions)),
    'ballotsByRegion', json((
      SELECT json_group_array(json_array(region, yes_ballots, no_ballots, abstain_ballots)) FROM (
        SELECT * FROM regions ORDER BY yes_ballots + no_ballots + abstain_ballots DESC, region LIMIT ${limits.searchRegionsMax}
      )
    )),
    'ballotsByMonth', json((
      SELECT json_group_array(json_array(month, yes, no, abstain)) FROM (
        SELECT month, sum(yes_ballots) AS yes, sum(no_ballots) AS "no", sum(abstain_ballots) AS abstain
        FROM counted_ballots WHERE ?1 IS NULL OR decision_id = ?1 GROUP BY month
      )
    ))
  ) AS codes`;

export async function d1SearchStatistics(
  db: D1Database,
  decisionId: string | null,
): Promise<SearchStatistics> {
  const codes = await db.prepare(statement).bind(decisionId).first<string>("codes");
  // As the statement writes it.
  return statisticsOf(JSON.parse(codes ?? "") as StatisticCodes);
}
