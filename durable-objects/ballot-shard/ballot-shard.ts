import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import type { Confirmation } from "../../src/vote-log/outbox.ts";
import { AlarmScheduler } from "../shared/alarm-scheduler.ts";
import { composeShard } from "./compose-shard.ts";
import { ShardHost } from "./shard-host.ts";
import type { ShardOutbox } from "./outbox.ts";
import type { Shard } from "./shard.ts";

/** A shard in an object of its own, and the calls of its room. */
export class BallotShard extends ShardHost {
  readonly shard: Shard;
  readonly #outbox: ShardOutbox;
  readonly #alarmScheduler: AlarmScheduler;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#alarmScheduler = new AlarmScheduler(ctx.storage);
    const report = async (decisionId: string, snapshot: ShardSnapshot): Promise<void> =>
      env.DECISION_ROOM.getByName(decisionId).report(snapshot);
    const { shard, outbox } = composeShard({
      ctx,
      env,
      task: this.#alarmScheduler.newTask(),
      report,
    });
    this.shard = shard;
    this.#outbox = outbox;
    if (!outbox.isBehind) return;
    void ctx.blockConcurrencyWhile(async () => {
      await this.#alarmScheduler.load();
      await outbox.resume();
    });
  }

  open(terms: VotingTerms): ShardSnapshot {
    return this.shard.open(terms);
  }

  extend(closesAt: number): ShardSnapshot {
    return this.shard.extend(closesAt);
  }

  seal(): ShardSnapshot {
    return this.shard.seal();
  }

  dropRolls(): void {
    this.shard.dropRolls();
  }

  confirm(confirmation: Confirmation): Promise<void> {
    return this.shard.confirm(confirmation);
  }

  republishAll(): Promise<void> {
    return this.shard.republishAll();
  }

  override alarm(): Promise<void> {
    return this.#alarmScheduler.onAlarm([this.#outbox]);
  }
}
