import { isSameRegionTally } from "../../src/ballot/tally.ts";
import type { ProjectedProgress } from "../../src/database/database.ts";
import type { Decision } from "../../src/decision/decision.ts";
import { extensionDueAt } from "../../src/decision/extension.ts";
import type {
  CertificationCause,
  CertificationState,
  CertificationWait,
} from "../../src/ports/certification.ts";
import type { ShownCounts } from "../../src/results/shown-result.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import type { ReportFailure } from "../../src/shared/log-line.ts";
import type { ProjectionReads } from "./projection-check.ts";
import type { RoomPublication } from "./publication.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";
import type { RowCheck } from "./row-check.ts";

/** What telling why a decision waits reads; it changes nothing. */
export interface CertificationWaitsDependencies {
  store: Pick<RoomStore, "seals" | "marks">;
  rowCheck: Pick<RowCheck, "purpose">;
  results: Pick<RoomResults, "shown">;
  publication: Pick<RoomPublication, "summary">;
  database: Pick<ProjectionReads, "readProgress" | "readProjected">;
  report: ReportFailure;
}

/**
 * Why a decision is not certified at `now` (ms). Pages ask again and again: the database counts rows
 * only where nothing else is missing.
 */
export async function certificationState(
  deps: CertificationWaitsDependencies,
  decision: Decision | null,
  now: number,
): Promise<CertificationState> {
  const state = { since: null, waits: [], rowCheck: deps.rowCheck.purpose };
  if (decision === null) return state;
  const since = endedAt(deps.store, decision, now);
  if (decision.status === "open")
    return since === null ? state : { ...state, since, waits: [waitFor("extension")] };
  if (decision.status === "closing") {
    const shards = unsealedShardsOf(decision, deps.store.seals);
    return { ...state, since, waits: [waitFor("seals", shards)] };
  }
  if (decision.status !== "closed") return state;
  return { ...state, since, waits: await waitsOfClosed(deps, decision, now) };
}

async function waitsOfClosed(
  { store, rowCheck, results, publication, database, report }: CertificationWaitsDependencies,
  decision: Decision,
  now: number,
): Promise<CertificationWait[]> {
  const result = results.shown(decision, now);
  const waits: CertificationWait[] = [];
  if (publication.summary === null) waits.push(waitFor("publication"));
  if (rowCheck.purpose !== null) waits.push(waitFor("row_check"));
  if (result?.shows === "counts") {
    try {
      const regions = [...result.regions.keys()];
      const seals = [...store.seals.values()];
      const progress = await database.readProgress(result.decisionId, regions);
      waits.push(...missingIn(progress, result, seals));
      if (waits.length === 0) {
        const { shards } = await database.readProjected(result.decisionId, regions);
        const stored = new Map(shards.map(({ shard, ballots }) => [shard, ballots]));
        waits.push(...ballotsMissing(seals, stored));
      }
    } catch (error) {
      report("room.projection_failed", error, { decision: decision.draft.id });
      waits.push(waitFor("database_unavailable"));
    }
  }
  return waits.length > 0 ? waits : [waitFor("next_check")];
}

function missingIn(
  progress: ProjectedProgress,
  result: ShownCounts,
  seals: readonly ShardSnapshot[],
): CertificationWait[] {
  const applied = new Map(progress.shards.map(({ shard, appliedSeq }) => [shard, appliedSeq]));
  const rows = new Map(progress.results.map((row) => [row.region, row]));
  const areResultsWhole = [...result.regions].every(([region, { figures }]) => {
    const row = rows.get(region);
    return row !== undefined && row.isFinal && isSameRegionTally(row.tally, figures);
  });
  return [
    ...ballotsMissing(seals, applied),
    ...(progress.openDeadLetters > 0 ? [waitFor("dead_letters")] : []),
    ...(areResultsWhole ? [] : [waitFor("results")]),
  ];
}

/** The shards of which the database has another number of ballots than their seals say. */
function ballotsMissing(
  seals: readonly ShardSnapshot[],
  stored: ReadonlyMap<number, number>,
): CertificationWait[] {
  const shards = seals.filter(({ shard, seq }) => (stored.get(shard) ?? 0) !== seq);
  return shards.length === 0
    ? []
    : [
        waitFor(
          "ballots",
          shards.map(({ shard }) => shard),
        ),
      ];
}

function waitFor(cause: CertificationCause, shards: readonly number[] = []): CertificationWait {
  return { cause, shards };
}

function unsealedShardsOf(
  { manifest }: Pick<Decision, "manifest">,
  seals: ReadonlyMap<number, unknown>,
): number[] {
  return [...(manifest?.shardMap ?? []).keys()].filter((shard) => !seals.has(shard));
}

/** Since when the decision is over, in ms; null where it is not, or that is not known. */
function endedAt(store: Pick<RoomStore, "marks">, decision: Decision, now: number): number | null {
  if (decision.closedAt !== null) return decision.closedAt;
  if (decision.status === "open") {
    const dueAt = extensionDueAt(decision);
    return dueAt !== null && dueAt <= now ? dueAt : null;
  }
  const unsealedSince = store.marks.get("unsealed_since");
  return unsealedSince < 0 ? null : unsealedSince;
}
