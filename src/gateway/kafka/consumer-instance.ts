import type { Consumer } from "@platformatic/kafka";
import { limits } from "../../shared/limits.ts";
import { withDeadline } from "../../shared/deadline.ts";
import { GatewayRefusal } from "../refusal.ts";
import { askBrokers, isBrokerError } from "./broker-error.ts";
import type { ConsumedMessage } from "./consumed-message.ts";
import type { ConsumerOptions, TopicPartition, TopicPartitionOffset } from "./dialect.ts";
import { GroupPositions } from "./group-positions.ts";
import type { PartitionReader } from "./partition-reader.ts";
import { describeTopics } from "./topics.ts";

export type Assignment = { topic: string; partitions: number[] };

export type InstanceParts = {
  /** Its membership of the group, commits and heartbeats. */
  member: Consumer;
  reader: PartitionReader;
  options: ConsumerOptions;
  onJoin: () => void;
};

/**
 * One member of a consumer group, polled over HTTP.
 *
 * After every rebalance it reads on from what the group has committed: what was given out and not
 * committed is given again, to whoever has the partition then. So nothing is lost, and a caller may
 * see a record twice.
 */
export class ConsumerInstance {
  readonly #parts: InstanceParts;
  readonly #positions: GroupPositions;
  #joining: Promise<unknown> | null = null;
  #isMember = false;
  #turn: Promise<unknown> = Promise.resolve();
  #autoCommitAt: number;
  usedAt = Date.now();

  constructor(parts: InstanceParts) {
    this.#parts = parts;
    this.#positions = new GroupPositions(parts.member, parts.options.offsetReset);
    this.#autoCommitAt = Date.now() + parts.options.autoCommitMs;
    parts.member.on("consumer:group:join", () => {
      this.#positions.forget();
      this.#isMember = true;
      parts.onJoin();
    });
    // The client sends no heartbeat after a rejoin that failed; the next poll joins anew.
    parts.member.on("error", () => {
      this.#isMember = false;
    });
  }

  /** What the instance reads now. */
  assignments(): Assignment[] {
    return this.#parts.member.assignments ?? [];
  }

  /**
   * Gives the next records of the instance's partitions, at the first one or with nothing after the
   * time: also while the group is still coming together. `isGone` says whether the asker still
   * waits: what nobody receives counts as not given.
   */
  poll(
    topics: readonly string[],
    waitMs: number,
    isGone: () => boolean,
  ): Promise<ConsumedMessage[]> {
    return this.#inTurn(async () => {
      const giveUpAt = Date.now() + waitMs;
      await this.#commitGivenIfDue();
      await this.#subscribe(topics);
      if (!(await withDeadline(this.#join(), waitMs, () => false))) return [];
      for (;;) {
        const messages = await this.#read(Math.max(giveUpAt - Date.now(), 0), isGone);
        if (messages.length > 0 || Date.now() >= giveUpAt || isGone()) return messages;
      }
    });
  }

  /**
   * Commits offsets as they are given, or without any what was given out last, each with the offset
   * after it.
   */
  commit(offsets: readonly TopicPartitionOffset[] | undefined): Promise<void> {
    return this.#inTurn(() =>
      this.#commit(
        offsets?.map((each) => ({ ...each, offset: BigInt(each.offset) })) ??
          this.#positions.given(),
      ),
    );
  }

  /** Leaves the group, so that its partitions go to others at once. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#parts.options.autoCommit)
        await this.#commit(this.#positions.given()).catch(() => {});
      this.#isMember = false;
      await Promise.allSettled([this.#parts.member.close(true), this.#parts.reader.close()]);
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => {
      this.usedAt = Date.now();
      return askBrokers(work);
    });
    this.#turn = result.catch(() => {});
    return result;
  }

  async #subscribe(topics: readonly string[]): Promise<void> {
    const { member } = this.#parts;
    if (topics.every((topic) => member.topics.has(topic))) return;
    await describeTopics(member, topics);
    member.topics.trackAll(...topics);
    this.#isMember = false;
  }

  /**
   * Goes on in the background when a poll gives up waiting for it; the next poll waits for the
   * same.
   */
  #join(): Promise<boolean> {
    if (this.#isMember) return Promise.resolve(true);
    this.#joining ??= this.#parts.member.joinGroup({}).finally(() => {
      this.#joining = null;
    });
    return this.#joining.then(() => this.#isMember);
  }

  async #read(waitMs: number, isGone: () => boolean): Promise<ConsumedMessage[]> {
    const places = await this.#positions.places(this.assignments());
    if (places.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, limits.gatewayPollMs)));
      return [];
    }
    try {
      const reads = await this.#parts.reader.read(places, waitMs);
      return isGone() ? [] : this.#positions.advance(reads);
    } catch (error) {
      if (!isBrokerError(error, "OFFSET_OUT_OF_RANGE")) throw error;
      await this.#positions.reset(places);
      return [];
    }
  }

  /** As Kafka's own client does: in a poll, for what earlier polls gave out. */
  async #commitGivenIfDue(): Promise<void> {
    const { autoCommit, autoCommitMs } = this.#parts.options;
    if (!autoCommit || Date.now() < this.#autoCommitAt) return;
    await this.#commit(this.#positions.given());
    this.#autoCommitAt = Date.now() + autoCommitMs;
  }

  async #commit(offsets: readonly (TopicPartition & { offset: bigint })[]): Promise<void> {
    if (offsets.length === 0) return;
    if (!this.#isMember) throw new GatewayRefusal("kafka.rebalancing");
    await this.#parts.member.commit({
      offsets: offsets.map((each) => ({ ...each, leaderEpoch: -1 })),
    });
    this.#positions.committed(offsets);
  }
}
