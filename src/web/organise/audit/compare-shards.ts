import type { Answer } from "../../../client/routes.ts";

export type AuditedRecord = Answer<"GET /api/v1/decisions/{decisionId}/audit">;

/** What record and database hold of a shard, and whether they agree. */
export type ShardComparison = {
  shard: number;
  recorded: number;
  stored: number;
  rows: number;
  isSealed: boolean;
  drainFailure: string | null;
  /** `behind`: ballots are on their way. `foreign`: the database has what the record has not. */
  state: "same" | "behind" | "foreign";
};

/** Record and database side by side; a shard that the database alone knows is none of the record's. */
export function compareShards({ shards, database }: AuditedRecord): ShardComparison[] {
  const stored = new Map(database.shards.map((row) => [row.shard, row]));
  const ofRecord = shards.map(({ shard, seq, sealed, drain_failure: drainFailure }) => {
    const { applied_seq: applied = 0, ballots: rows = 0 } = stored.get(shard) ?? {};
    const state =
      rows > seq || applied > seq ? "foreign" : rows < seq || applied < seq ? "behind" : "same";
    return { shard, recorded: seq, stored: applied, rows, isSealed: sealed, drainFailure, state };
  });
  const known = new Set(shards.map(({ shard }) => shard));
  const strangers = database.shards
    .filter(({ shard }) => !known.has(shard))
    .map(({ shard, applied_seq: applied, ballots: rows }) => ({
      shard,
      recorded: 0,
      stored: applied,
      rows,
      isSealed: false,
      drainFailure: null,
      state: "foreign",
    }));
  // Each state above is one of the three.
  return [...ofRecord, ...strangers] as ShardComparison[];
}
