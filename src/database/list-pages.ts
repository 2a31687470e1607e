import { cutPage } from "./cut-page.ts";
import type {
  BallotCursor,
  DecisionCursor,
  DecisionRow,
  Page,
  ShardBallot,
  RegionalResultRow,
} from "./database.ts";

/** A regional result as both databases keep it: weights are text in one and numeric in the other, and text when they are read. */
type ResultColumns = Omit<RegionalResultRow, "tally"> & {
  yesBallots: number;
  yesWeight: string;
  noBallots: number;
  noWeight: string;
  abstainBallots: number;
  abstainWeight: string;
};

type ResultOfDecision = { result: ResultColumns } & Pick<DecisionRow, "title" | "status">;

export function regionalResultOf(row: ResultColumns): RegionalResultRow {
  const { decisionId, region, version, asOf, isFinal } = row;
  const tally = {
    yes: { ballots: row.yesBallots, weight: BigInt(row.yesWeight) },
    no: { ballots: row.noBallots, weight: BigInt(row.noWeight) },
    abstain: { ballots: row.abstainBallots, weight: BigInt(row.abstainWeight) },
  };
  return { decisionId, region, version, asOf, isFinal, tally };
}

// The pages of the API's lists, of rows read with one more than asked for.

export function decisionsPage(rows: DecisionRow[], perPage: number): Page<string, DecisionCursor> {
  const page = cutPage(rows, perPage, ({ createdAt, id }) => ({ createdAt, id }));
  return { items: page.items.map((row) => row.document), next: page.next };
}

export function regionalResultsPage(
  rows: ResultOfDecision[],
  perPage: number,
): Page<RegionalResultRow & Pick<DecisionRow, "title" | "status">, string> {
  const page = cutPage(rows, perPage, ({ result }) => result.decisionId);
  const items = page.items.map(({ result, title, status }) => ({
    ...regionalResultOf(result),
    title,
    status,
  }));
  return { items, next: page.next };
}

export function ballotsPage(rows: ShardBallot[], perPage: number): Page<ShardBallot, BallotCursor> {
  return cutPage(rows, perPage, ({ shard, seq }) => ({ shard, seq }));
}
