import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import { shardTable } from "../../src/platform/objects/call-tables.ts";
import { versionedRoom } from "../../src/platform/objects/versioned-stubs.ts";
import type { MovedTokens, TokenMove } from "../../src/ports/tokens.ts";
import type { EndedWindow, ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { encodeReport } from "../../src/results/tally-report.ts";
import { utf8Bytes } from "../../src/shared/utf8-bytes.ts";
import type { Confirmation } from "../../src/vote-log/outbox.ts";
import { AlarmScheduler } from "../shared/alarm-scheduler.ts";
import type { BallotSockets } from "./ballot-sockets.ts";
import { composeShard } from "./compose-shard.ts";
import { indexRestoredVoters } from "./restored-voters.ts";
import { ShardHost } from "./shard-host.ts";
import type { SendReport } from "./room-reports.ts";
import type { ShardOutbox } from "./outbox.ts";
import type { Shard } from "./shard.ts";

/** A shard in an object of its own, and the calls of its room. */
export class BallotShard extends ShardHost<ShardParts> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, {
      table: shardTable,
      compose: composeParts,
      followRows: indexRestoredVoters,
    });
    if (this.readableParts?.outbox.isWorkLeft === true)
      void ctx.blockConcurrencyWhile(() => this.resume());
  }

  protected override async resume(): Promise<void> {
    const { alarmScheduler, outbox } = this.parts;
    if (!outbox.isWorkLeft) return;
    await alarmScheduler.load();
    await outbox.resume();
  }

  open(terms: VotingTerms): ShardSnapshot {
    return this.shard.open(terms);
  }

  pause(closesAt: number): Promise<EndedWindow | null> {
    return this.shard.pause(closesAt);
  }

  extend(closesAt: number): ShardSnapshot {
    return this.shard.extend(closesAt);
  }

  seal(): ShardSnapshot {
    return this.shard.seal();
  }

  /** What has changed since the room's last word of this shard, as text: see `decodeReport`. */
  reportSince(seq: number | null): string {
    return encodeReport(this.shard.reportSince(seq));
  }

  dropRolls(): void {
    this.shard.dropRolls();
  }

  moveTokens(move: TokenMove): MovedTokens {
    return this.shard.moveTokens(move);
  }

  forget(): "more" | "done" {
    return this.shard.forget();
  }

  confirm(confirmation: Confirmation): Promise<void> {
    return this.shard.confirm(confirmation);
  }

  republishAll(): Promise<void> {
    return this.shard.republishAll();
  }

  protected override onAlarm({ alarmScheduler, outbox }: ShardParts): Promise<void> {
    return alarmScheduler.onAlarm([outbox]);
  }
}

type ShardParts = {
  shard: Shard;
  outbox: ShardOutbox;
  ballotSockets: BallotSockets;
  alarmScheduler: AlarmScheduler;
};

function composeParts(ctx: DurableObjectState, env: Env): ShardParts {
  const alarmScheduler = new AlarmScheduler(ctx.storage);
  ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  const task = alarmScheduler.newTask();
  const report: SendReport = async (decisionId, told) => {
    const text = encodeReport(told);
    const knownSeq = await versionedRoom(env.DECISION_ROOM, decisionId).report(text);
    return { knownSeq, bytes: utf8Bytes(text) };
  };
  return { alarmScheduler, ...composeShard({ ctx, env, task, report, results: null }) };
}
