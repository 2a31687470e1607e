import type { Decision } from "../../src/decision/decision.ts";
import { FinalResultPublisher } from "../../src/cache/final-result-publisher.ts";
import { chooseCache } from "../../src/platform/adapters/cache.ts";
import { receiptKeys } from "../../src/auth/receipt-keys.ts";
import { meterOf } from "../../src/platform/metrics/isolate-meter.ts";
import { databaseOf } from "../../src/platform/database.ts";
import { versionedRegistry } from "../../src/platform/objects/versioned-stubs.ts";
import { searchFeedOf } from "../../src/platform/search-feed.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import { tracerOf } from "../../src/platform/tracer.ts";
import { AuditLog } from "../shared/audit-log.ts";
import { AlarmScheduler } from "../shared/alarm-scheduler.ts";
import { composeShard } from "../ballot-shard/compose-shard.ts";
import { RoomBroadcast } from "./broadcast.ts";
import { RoomCertification } from "./certification.ts";
import { certificationState } from "./certification-waits.ts";
import { DecisionChanges } from "./decision-changes.ts";
import { DecisionKeyStore } from "./decision-key-store.ts";
import { DecisionReconciler } from "./decision-reconciler.ts";
import { RoomOutcome } from "./outcome.ts";
import { OutcomeStore } from "./outcome-store.ts";
import { RoomPublication } from "./publication.ts";
import { PublicationStore } from "./publication-store.ts";
import { RoomProjection } from "./projection.ts";
import { RoomRecordCheck } from "./record-check.ts";
import { RegionMapStore } from "./region-map-store.ts";
import { RoomReleases } from "./releases.ts";
import { RoomResults } from "./results.ts";
import { RollUploadStore } from "./roll-upload-store.ts";
import { RoomScheduler } from "./room-scheduler.ts";
import { RoomRolls } from "./room-rolls.ts";
import { RowCheck } from "./row-check.ts";
import { RowCheckStore } from "./row-check-store.ts";
import { RoomSearchFeed } from "./search-feed.ts";
import { roomShards } from "./shards.ts";
import { ShownResultsStore } from "./shown-results-store.ts";
import { TokenCountStore } from "./token-count-store.ts";
import { RoomTokens } from "./room-tokens.ts";
import { RoomStore } from "./room-store.ts";
import { RoomTurnout } from "./turnout.ts";
import { resultsTag, RoomWatchers, voterResultsTag } from "./watchers.ts";

export type RoomParts = ReturnType<typeof composeRoom>;

/** Composes a room: the record, what reads it, what changes it, and what runs after a change. */
export function composeRoom(ctx: DurableObjectState, env: Env) {
  const store = new RoomStore(ctx.storage);
  const keyStore = new DecisionKeyStore(ctx.storage);
  const mapStore = new RegionMapStore(ctx.storage);
  const tokenCountStore = new TokenCountStore(ctx.storage);
  const shownStore = new ShownResultsStore(ctx.storage);
  const outcomeStore = new OutcomeStore(ctx.storage);
  const auditLog = new AuditLog(ctx.storage, `decision ${ctx.id.name}`);
  const alarmScheduler = new AlarmScheduler(ctx.storage);
  const { shard, outbox, ballotSockets } = composeShard({
    ctx,
    env,
    task: alarmScheduler.newTask(),
    // Within one object nothing is sent.
    report: async (_, told) => ({ knownSeq: await scheduler.onReport(told), bytes: 0 }),
    results: {
      tags: [resultsTag, voterResultsTag],
      isFull: () => watchers.isFullForVoters,
      read: async () => {
        try {
          return await results.durableShown();
        } catch (error) {
          reportFailure("room.results_unread", error);
          return null;
        }
      },
      follow: (result, socket) => watchers.follow(result, socket),
      boundOwed: () => watchers.boundOwed(),
    },
  });
  const shards = roomShards(env.BALLOT_SHARD, shard);
  const results = new RoomResults({
    store,
    tokenCountStore,
    shownStore,
    shards,
    releases: new RoomReleases(shownStore),
  });
  const outcome = new RoomOutcome({
    store,
    outcomeStore,
    results,
    // Read when it signs: keys that can't be read stop no vote.
    sign: (text) => receiptKeys(env.RECEIPT_SIGNING_KEYS).signOutcome(text),
    issuer: env.TOKEN_ISSUER,
  });
  const publication = new RoomPublication({
    store,
    shards,
    publication: new PublicationStore(ctx.storage),
  });
  const watchers = new RoomWatchers(ctx, meterOf(env));
  const database = databaseOf(env);
  const projection = new RoomProjection({ store, outcomeStore, results, database });
  const rowCheck = new RowCheck({
    store,
    rowCheckStore: new RowCheckStore(ctx.storage),
    shards,
    database,
    onDone: (purpose, isClean) => {
      if (purpose === "certification" && isClean) store.marks.keep("rows_compared", 1);
      certification.restart();
    },
    report: reportFailure,
  });
  const certification = new RoomCertification({
    store,
    outcomeStore,
    shownStore,
    results,
    outcome,
    publication,
    database,
    compareRows: () => rowCheck.begin("certification"),
  });
  const certificationOf = (decision: Decision | null) =>
    certificationState(
      { store, rowCheck, results, publication, database, report: reportFailure },
      decision,
      Date.now(),
    );
  const turnout = new RoomTurnout(store, shownStore, results);
  const recordCheck = new RoomRecordCheck({
    store,
    rowCheck,
    results,
    shards,
    publication,
    database,
    report: reportFailure,
  });
  const search = new RoomSearchFeed({
    store,
    outcomeStore,
    publication,
    feed: searchFeedOf(env),
    tracer: tracerOf(env),
    task: alarmScheduler.newTask(),
  });
  const task = alarmScheduler.newTask();
  const reconciler = new DecisionReconciler({
    store,
    keyStore,
    shards,
    results,
    outcome,
    projection,
    certification,
    publication,
    rowCheck,
    auditLog,
    database,
    task,
    unregister: (decisionId) => versionedRegistry(env.REGISTRY).unregisterDecision(decisionId),
    noteUncertified: (decisionId, since) =>
      versionedRegistry(env.REGISTRY).noteUncertified(decisionId, since),
    beginChecks: (decisionId) => versionedRegistry(env.REGISTRY).beginChecks(decisionId),
  });
  const scheduler = new RoomScheduler({
    store,
    results,
    reconciler,
    projection,
    turnout,
    search,
    broadcast: new RoomBroadcast(store, results, watchers),
    tracer: tracerOf(env),
    publisher: new FinalResultPublisher(chooseCache(env).cache, reportFailure),
    task,
  });
  const changes = new DecisionChanges({
    store,
    keyStore,
    mapStore,
    auditLog,
    onChange: () => scheduler.run({ projection: "deferred" }),
  });
  const rolls = new RoomRolls(store, keyStore, new RollUploadStore(ctx.storage));
  const tokens = new RoomTokens({ store, keyStore, tokenCountStore, auditLog, shards });
  return {
    alarmScheduler,
    store,
    keyStore,
    mapStore,
    shownStore,
    auditLog,
    shard,
    outbox,
    ballotSockets,
    shards,
    results,
    outcome,
    publication,
    certificationOf,
    watchers,
    projection,
    turnout,
    rowCheck,
    recordCheck,
    search,
    reconciler,
    scheduler,
    changes,
    rolls,
    tokens,
  };
}
