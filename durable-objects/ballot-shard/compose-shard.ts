import { versionedRegistry } from "../../src/platform/objects/versioned-stubs.ts";
import { tracerOf } from "../../src/platform/tracer.ts";
import { meterOf } from "../../src/platform/metrics/isolate-meter.ts";
import { voteLogOf } from "../../src/platform/vote-log.ts";
import { receiptKeys } from "../../src/auth/receipt-keys.ts";
import { chooseAdmission } from "../../src/platform/admission/admission.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import { BallotSockets, type ResultFollowing } from "./ballot-sockets.ts";
import { BacklogReports } from "./backlog-reports.ts";
import { RoomReports, type SendReport } from "./room-reports.ts";
import { ShardOutbox } from "./outbox.ts";
import { ShardRolls } from "./shard-rolls.ts";
import { Shard } from "./shard.ts";
import { ShardLogins } from "./shard-logins.ts";
import { shardMeasures } from "./shard-measures.ts";
import { ShardStore } from "./shard-store.ts";
import { ShardTokens } from "./shard-tokens.ts";

/** What a shard needs of the object that it lives in. */
interface ShardHostDependencies {
  ctx: DurableObjectState;
  env: Env;
  /** When the shard's outbox runs. */
  task: ScheduledTask;
  /** Tells the decision's room what the shard holds now. */
  report: SendReport;
  /** The room that it lives in; null where that is another object. */
  results: ResultFollowing | null;
}

/** Puts a shard together in the object that it lives in. */
export function composeShard({ ctx, env, task, report, results }: ShardHostDependencies): {
  shard: Shard;
  outbox: ShardOutbox;
  ballotSockets: BallotSockets;
} {
  const store = new ShardStore(ctx.storage);
  const reports = new RoomReports(store, report);
  const meter = meterOf(env);
  const measures = shardMeasures(meter, () => ctx.storage.sync());
  const outbox = new ShardOutbox({
    store,
    tracer: tracerOf(env),
    measures,
    task,
    reports,
    backlog: new BacklogReports(store, (address, backlog) =>
      versionedRegistry(env.REGISTRY).noteBacklog(address, backlog),
    ),
    log: voteLogOf(env),
    republishAfterMs: Number(env.REPUBLISH_AFTER_MS),
  });
  const rolls = new ShardRolls(ctx.storage);
  const tokens = new ShardTokens(ctx.storage);
  const logins = new ShardLogins(ctx.storage);
  const shard = new Shard({
    store,
    rolls,
    tokens,
    logins,
    outbox,
    reports,
    measures,
    onSeal: () => ballotSockets.endAll(),
    onExtend: (closesAt) => ballotSockets.tellExtension(closesAt),
  });
  const ballotSockets = new BallotSockets({
    ctx,
    shard,
    answers: () => ({
      admission: chooseAdmission(env, { now: () => Date.now(), report: reportFailure, meter }),
      meter,
      receipts: receiptKeys(env.RECEIPT_SIGNING_KEYS),
    }),
    decisionId: () => store.terms?.decisionId ?? "",
    tracer: tracerOf(env),
    report: reportFailure,
    results,
  });
  return { outbox, shard, ballotSockets };
}
