import { limits } from "../../src/shared/limits.ts";
import { alarmRetryDelayMs } from "../../src/shared/backoff.ts";
import { writerTable } from "../../src/platform/objects/call-tables.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import { tracerOf } from "../../src/platform/tracer.ts";
import { VersionedObject } from "../shared/versioned-object.ts";
import { describeCause } from "../../src/shared/loggable-error.ts";
import { composeWriter, labelsOf, type GroupMember } from "./compose-writer.ts";

export type WriterStatus = { problem: string | null };

/** Null where the deployment has no Kafka topic. */
type WriterParts = GroupMember | null;

/**
 * One member of the group that writes the Kafka topic into the database, or the one that brings the
 * other topic into the search index. It runs from alarm to alarm; cron sees to it that there is one.
 */
export class VoteWriter extends VersionedObject<WriterParts> {
  #failures = 0;
  #problem: string | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { table: writerTable, compose: composeWriter });
  }

  /** Starts this member, or makes sure that it runs; nothing happens where it does. */
  async start(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now());
  }

  status(): WriterStatus {
    return { problem: this.#problem };
  }

  /**
   * Writes for a while, and never throws: the platform gives an alarm up after six failures, and an
   * outage is longer.
   */
  protected override async onAlarm(member: WriterParts): Promise<void> {
    let delayMs = 0;
    if (member === null) return;
    try {
      if (member.isSurplus) return await member.reader.leave();
      const turn = { recorded: "failures", kind: "consumer" } as const;
      await tracerOf(this.env).trace("turn", turn, () => this.#writeForATurn(member));
      this.#failures = 0;
      this.#problem = null;
    } catch (error) {
      this.#failures += 1;
      this.#problem = describeCause(error);
      reportFailure(member.waits, error, labelsOf(this.ctx.id));
      delayMs = Math.min(alarmRetryDelayMs(this.#failures), limits.kafkaRetryDelayMsMax);
    }
    await this.ctx.storage.setAlarm(Date.now() + delayMs);
  }

  async #writeForATurn(member: GroupMember): Promise<void> {
    await member.inTurn(async (write) => {
      const endAt = Date.now() + limits.kafkaTurnMs;
      while (Date.now() < endAt) {
        await member.reader.step((messages) => write(messages, this.#failures + 1));
        this.#failures = 0;
        this.#problem = null;
      }
    });
  }
}
