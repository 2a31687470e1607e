import type { Ballot } from "../../src/ballot/ballot.ts";
import type { Database, ShardBallot } from "../../src/database/database.ts";
import type { Decision, Manifest } from "../../src/decision/decision.ts";
import type { ShardPlan } from "../../src/ports/rolls.ts";
import { limits } from "../../src/shared/limits.ts";
import type { ReportFailure } from "../../src/shared/log-line.ts";
import { LoggableError } from "../../src/shared/loggable-error.ts";
import type { RowCheckProgress, RowCheckPurpose, RowCheckStore } from "./row-check-store.ts";

/** At most `max` ballots of a shard's record after `afterSeq`. */
export interface ShardBallotQuery {
  shard: number;
  afterSeq: number;
  max: number;
}

/** What the check reads and acts on. */
export interface RowCheckDependencies {
  store: {
    readonly decision: Pick<Decision, "draft" | "manifest"> | null;
  };
  rowCheckStore: Pick<RowCheckStore, "progress" | "keep">;
  shards: {
    readBallots(plan: ShardPlan, query: ShardBallotQuery): Promise<Ballot[]>;
    republish(manifest: Manifest, shards: readonly number[]): Promise<void>;
  };
  database: Pick<Database, "listBallots" | "removeBallots">;
  /** All rows were compared; whether each of them was the record's, as it was then. */
  onDone: (purpose: RowCheckPurpose, isClean: boolean) => void;
  report: ReportFailure;
}

/**
 * Compares a decision's rows with the record and removes those that are not of it, when a rebuild
 * was asked for, and before a long decision is certified. The writer leaves a row alone that is
 * there: a stranger's would keep a ballot out for ever. Rows are read before the record, which only
 * grows: what is not in it was never a ballot.
 */
export class RowCheck {
  readonly #deps: RowCheckDependencies;

  constructor(deps: RowCheckDependencies) {
    this.#deps = deps;
  }

  get isUnderWay(): boolean {
    return this.purpose !== null;
  }

  /** What asked for the check under way; null where there is none. */
  get purpose(): RowCheckPurpose | null {
    return this.#deps.rowCheckStore.progress?.purpose ?? null;
  }

  /** Begins with the first row; what runs then is kept, so a crash goes on from there. */
  begin(purpose: RowCheckPurpose): void {
    const { rowCheckStore } = this.#deps;
    const check = (rowCheckStore.progress?.check ?? 0) + 1;
    rowCheckStore.keep({ check, purpose, after: null, foreignShards: [], isClean: true });
  }

  /** Compares some pages. A shard that had rows of others sends its ballots again in the end. */
  async run(): Promise<void> {
    const { rowCheckStore } = this.#deps;
    for (let page = 0; page < limits.rowCheckPagesMax; page += 1) {
      const before = rowCheckStore.progress;
      if (before === null) return;
      const after = await this.#comparePage(before);
      // A rebuild that was asked for meanwhile begins anew.
      if (after === "superseded") return;
      rowCheckStore.keep(after);
    }
  }

  async #comparePage(before: RowCheckProgress): Promise<RowCheckProgress | "superseded" | null> {
    const { store, rowCheckStore, shards, database, onDone, report } = this.#deps;
    const plan = this.#plan();
    const perPage = limits.rowCheckPageBallots;
    const { decisionId } = plan;
    const { items, next } = await database.listBallots({
      decisionId,
      after: before.after,
      perPage,
    });
    const foreign = await this.#foreignAmong(plan, items);
    if (rowCheckStore.progress?.check !== before.check) return "superseded";
    const named = foreign.map(({ shard }) => shard).filter((shard) => shard in plan.shardMap);
    const foreignShards = [...new Set([...before.foreignShards, ...named])];
    const isClean = before.isClean && foreign.length === 0;
    const seen = { ...before, foreignShards, isClean };
    if (foreign.length > 0) {
      // First: after a crash the shard sends its ballots again, though the rows are gone by then.
      rowCheckStore.keep(seen);
      report("room.foreign_rows", new LoggableError("rows are removed that are not the record's"), {
        decision: decisionId,
      });
      await database.removeBallots(decisionId, foreign);
    }
    // In Postgres a place can have two rows: the last one's is looked at again.
    if (next !== null) {
      return { ...seen, after: { ...next, seq: next.seq - 1 } };
    }
    const manifest = store.decision?.manifest;
    if (manifest !== undefined && manifest !== null && foreignShards.length > 0)
      await shards.republish(manifest, foreignShards);
    if (rowCheckStore.progress?.check !== before.check) return "superseded";
    onDone(before.purpose, isClean);
    return null;
  }

  #plan(): ShardPlan {
    const { decision } = this.#deps.store;
    return decision?.manifest ?? { decisionId: decision?.draft.id ?? "", shardMap: [] };
  }

  async #foreignAmong(plan: ShardPlan, rows: readonly ShardBallot[]): Promise<ShardBallot[]> {
    const foreign: ShardBallot[] = [];
    for (const [shard, ofShard] of Map.groupBy(rows, (row) => row.shard)) {
      const record = await this.#recordOf(plan, shard, ofShard);
      foreign.push(...ofShard.filter((row) => !isSameBallot(row, record.get(row.seq))));
    }
    return foreign;
  }

  /** The ballots of a shard's record at the seqs of these rows, which are in order. */
  async #recordOf(
    plan: ShardPlan,
    shard: number,
    rows: readonly ShardBallot[],
  ): Promise<Map<number, Ballot>> {
    const found = new Map<number, Ballot>();
    if (!(shard in plan.shardMap)) return found;
    const max = limits.rowCheckPageBallots;
    let readTo = 0;
    for (const { seq } of rows) {
      if (seq <= readTo) continue;
      const ballots = await this.#deps.shards.readBallots(plan, { shard, afterSeq: seq - 1, max });
      for (const ballot of ballots) found.set(ballot.seq, ballot);
      // Where the record ends, nothing that follows is in it.
      if (ballots.length < max) break;
      readTo = seq + max - 1;
    }
    return found;
  }
}

function isSameBallot(row: ShardBallot, ballot: Ballot | undefined): boolean {
  return (
    ballot !== undefined &&
    row.pid === ballot.pid &&
    row.choice === ballot.choice &&
    row.region === ballot.region &&
    row.weight === ballot.weight &&
    row.acceptedAt === ballot.acceptedAt
  );
}
