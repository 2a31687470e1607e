import { limits } from "../../shared/limits.ts";
import { type BoundStatement, type Dialect, DraftStatement } from "./draft-statement.ts";

const ballots = ["yes_ballots", "no_ballots", "abstain_ballots"];
const sums = ballots.map((column) => `sum(${column}) AS ${column}`).join(", ");
const total = ballots.map((column) => `coalesce(sum(${column}), 0)`).join(", ");

/** Statistics of a decision, or of all: one row `{ codes }`, whose JSON is `StatisticCodes`. */
export function statisticsStatement(decisionId: string | null, dialect: Dialect): BoundStatement {
  const draft = new DraftStatement(dialect);
  const id = decisionId === null ? null : draft.bind(decisionId);
  const only = (column: string) => (id === null ? "" : `WHERE ${column} = ${id}`);
  const countBy = (value: string) =>
    dialect.arraysOf(
      "value, count",
      `SELECT ${value} AS value, count(*) AS count FROM decisions WHERE ${value} <> '' GROUP BY 1`,
    );
  const columns = `value, ${ballots.join(", ")}`;
  const codes = dialect.objectOf({
    total: "SELECT count(*) FROM decisions",
    statuses: countBy("status"),
    outcomes: countBy("outcome"),
    months: countBy("month"),
    turnout: `SELECT ${dialect.arrayOf("count(*), coalesce(sum(electorate), 0), coalesce(sum(voted), 0)")}
      FROM decisions WHERE electorate IS NOT NULL AND voted IS NOT NULL`,
    ballots: `SELECT ${dialect.arrayOf(total)} FROM regions`,
    ballotsByRegion: dialect.arraysOf(
      columns,
      `SELECT * FROM regions ORDER BY ${ballots.join(" + ")} DESC, value LIMIT ${limits.searchRegionsMax}`,
    ),
    ballotsByMonth: dialect.arraysOf(
      columns,
      `SELECT month AS value, ${sums} FROM search_ballots ${only("decision_id")} GROUP BY month`,
    ),
  });
  return draft.finish(`
    WITH decisions AS MATERIALIZED (
      SELECT status, outcome, ${dialect.monthOf("closed_at")} AS month, electorate, voted
      FROM search_decisions JOIN search_kinds USING (kind) ${only("id")}
    ), regions AS MATERIALIZED (
      SELECT region AS value, ${sums} FROM search_ballots ${only("decision_id")} GROUP BY region
    )
    SELECT ${codes} AS codes`);
}
