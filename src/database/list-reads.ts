import { limits } from "../shared/limits.ts";
import { cutPage } from "./cut-page.ts";
import type {
  BallotCursor,
  BallotListQuery,
  DatabaseReads,
  DecisionRow,
  ListedDecision,
  ListedQuery,
  RegionalResultListQuery,
  RegionalResultRow,
  ShardBallot,
} from "./database.ts";
import type { DecisionRowsQuery } from "./list-filters.ts";

/**
 * A regional result as both databases keep it: weights are text in one and numeric in the other,
 * and text when they are read.
 */
type ResultColumns = Omit<RegionalResultRow, "tally"> & {
  yesBallots: number;
  yesWeight: string;
  noBallots: number;
  noWeight: string;
  abstainBallots: number;
  abstainWeight: string;
};

/** A decision's row, and what its list shows of its results; null for nothing yet. */
type ListedRow = { row: DecisionRow; result: string | null };

/** Whether it is a rehearsal is in the decision's document alone: 1 or true, as a database has it. */
type ResultOfDecision = { result: ResultColumns; rehearsal: number | boolean | null } & Pick<
  DecisionRow,
  "title" | "status"
>;

/**
 * The rows behind the API's lists, as a database selects them: the first `limit` after the cursor.
 */
export interface ListRows {
  decisions(query: DecisionRowsQuery, limit: number): PromiseLike<ListedRow[]>;
  regionalResults(query: RegionalResultListQuery, limit: number): PromiseLike<ResultOfDecision[]>;
  /** Of the decisions that are named. */
  listed(query: ListedQuery): PromiseLike<ListedRow[]>;
  ballots(query: BallotListQuery, limit: number): Promise<FoundBallots>;
}

/** Ballots, and the last that was looked at for them; null where there are no others. */
type FoundBallots = { ballots: ShardBallot[]; lookedUntil: BallotCursor | null };

/** How ballots of one decision are looked up. */
interface BallotLookup {
  /** The ballot that comes so many after the first of the page; none where there are fewer. */
  ballotAt(offset: number): PromiseLike<BallotCursor[]>;
  ballots(until: BallotCursor | null): PromiseLike<ShardBallot[]>;
}

/**
 * Looks up ballots in their order or, of a region or choice, among the next few: no index has those,
 * and whoever asks for what hardly anybody said would have all ballots read.
 */
export async function lookUpBallots(
  { region, choice }: Pick<BallotListQuery, "region" | "choice">,
  lookup: BallotLookup,
): Promise<FoundBallots> {
  const isFiltered = region !== undefined || choice !== undefined;
  const [last] = isFiltered ? await lookup.ballotAt(limits.filteredBallotsMax - 1) : [];
  const lookedUntil = last ?? null;
  return { ballots: await lookup.ballots(lookedUntil), lookedUntil };
}

/**
 * The API's lists over a database's rows. Each reads one row more than asked for, to know whether a
 * page follows.
 */
export function listReads(
  rows: ListRows,
): Pick<DatabaseReads, "listDecisions" | "readListed" | "listRegionalResults" | "listBallots"> {
  return {
    async listDecisions({ audiences, ...query }) {
      const limit = query.perPage + 1;
      // An index holds one audience in order, so each is read by itself.
      const parts = await Promise.all(
        (audiences ?? [null]).map((audience) => rows.decisions({ ...query, audience }, limit)),
      );
      const found = parts.flat().toSorted(newestFirst).slice(0, limit);
      const page = cutPage(found, query.perPage, ({ row: { createdAt, id } }) => ({
        createdAt,
        id,
      }));
      return { items: page.items.map(toListed), next: page.next };
    },

    async readListed(query) {
      return query.ids.length === 0 ? [] : (await rows.listed(query)).map(toListed);
    },

    async listRegionalResults(query) {
      const found = await rows.regionalResults(query, query.perPage + 1);
      const page = cutPage(found, query.perPage, ({ result }) => result.decisionId);
      const items = page.items.map(({ result, title, status, rehearsal }) => ({
        ...toRegionalResult(result),
        title,
        status,
        isRehearsal: Boolean(rehearsal),
      }));
      return { items, next: page.next };
    },

    async listBallots(query) {
      const { ballots, lookedUntil } = await rows.ballots(query, query.perPage + 1);
      const page = cutPage(ballots, query.perPage, ({ shard, seq }) => ({ shard, seq }));
      return { items: page.items, next: page.next ?? lookedUntil };
    },
  };
}

function toListed({ row, result }: ListedRow): ListedDecision {
  return { decision: row.document, result, owner: row.owner };
}

/** The order of `decisionsOrder`: ids are plain ASCII. */
function newestFirst({ row: one }: ListedRow, { row: other }: ListedRow): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);
}

/** A stored regional result with its tally. */
export function toRegionalResult(row: ResultColumns): RegionalResultRow {
  const { decisionId, region, version, asOf, isFinal } = row;
  const tally = {
    yes: { ballots: row.yesBallots, weight: BigInt(row.yesWeight) },
    no: { ballots: row.noBallots, weight: BigInt(row.noWeight) },
    abstain: { ballots: row.abstainBallots, weight: BigInt(row.abstainWeight) },
  };
  return { decisionId, region, version, asOf, isFinal, tally };
}
