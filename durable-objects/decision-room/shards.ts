import type { Ballot } from "../../src/ballot/ballot.ts";
import { votingTerms } from "../../src/ballot/voting-terms.ts";
import type { Manifest } from "../../src/decision/decision.ts";
import type { RollEntry } from "../../src/decision/roll.ts";
import { isInRoom, shardHint, shardName } from "../../src/decision/shard-map.ts";
import type { ShardRecordState } from "../../src/ports/record-check.ts";
import type { ShardPlan } from "../../src/ports/rolls.ts";
import type { MovedTokens, TokenMove } from "../../src/ports/tokens.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import { decodeReport } from "../../src/results/tally-report.ts";
import type { EndedWindow, ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { versionedShard } from "../../src/platform/objects/versioned-stubs.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import { withDeadline } from "../../src/shared/deadline.ts";
import type { Confirmation } from "../../src/vote-log/outbox.ts";
import type { AskedShards } from "./results.ts";
import type { SealedShards } from "./publication.ts";
import type { ShardBallotQuery } from "./row-check.ts";
import type { Shard } from "../ballot-shard/shard.ts";

/**
 * A room's calls to the shards of its decision. A call to several goes to all at once and gives
 * what came back in time.
 */
export interface RoomShards extends AskedShards, SealedShards {
  /** `openingKey` is what the hashes of their ballots are made with. */
  open(manifest: Manifest, openingKey: string, shards: readonly number[]): Promise<ShardSnapshot[]>;
  /** Has shards stop at the end of their window; gives those whose window has ended. */
  pause(manifest: Manifest, shards: readonly number[], closesAt: number): Promise<EndedWindow[]>;
  extend(manifest: Manifest, shards: readonly number[], closesAt: number): Promise<ShardSnapshot[]>;
  seal(manifest: Manifest, shards: readonly number[]): Promise<ShardSnapshot[]>;
  /** What shards say of their records, of each with what has changed since the seq known of it. */
  recordStates(
    manifest: Manifest,
    known: ReadonlyMap<number, number | null>,
  ): Promise<ShardRecordState[]>;
  /** Has these shards send all their ballots again. */
  republish(manifest: Manifest, shards: readonly number[]): Promise<void>;
  readBallots(plan: ShardPlan, query: ShardBallotQuery): Promise<Ballot[]>;
  confirmFirst(plan: ShardPlan, confirmation: Confirmation): Promise<void>;
  /**
   * Throws where a shard does not answer in time; called again, those that did change nothing. The
   * room's own shard is not among those numbered.
   */
  dropRolls(decisionId: string, shards: readonly number[]): Promise<void>;
  dropRollInRoom(): void;
  /** The entries of voters in shards' parts of an import; gives what of them answered. */
  findOnRoll(
    plan: ShardPlan,
    roll: number,
    pids: ReadonlyMap<number, readonly string[]>,
  ): Promise<{ shard: number; entries: readonly (RollEntry | null)[] }[]>;
  /** Moves voters' tokens on in their shards; gives what of them answered. */
  moveTokens(
    plan: ShardPlan,
    moves: ReadonlyMap<number, TokenMove>,
  ): Promise<(MovedTokens & { shard: number })[]>;
  /**
   * Has a shard forget a portion of its ballots and roll; throws where it does not answer in time,
   * and may be repeated.
   */
  forget(manifest: Manifest, shard: number): Promise<"more" | "done">;
}

/** `inRoom` is the shard in the room's own object, in use where a decision has only one. */
export function roomShards(namespace: Env["BALLOT_SHARD"], inRoom: Shard): RoomShards {
  const shardAt = ({ decisionId, shardMap }: ShardPlan, shard: number) => {
    if (isInRoom(shardMap, shard)) return inRoom;
    const hint = shardHint(shardMap, shard);
    return versionedShard(namespace, shardName(decisionId, shard), hint);
  };
  const askAll = async <Answer extends object>(
    plan: ShardPlan,
    shards: Iterable<number>,
    ask: (called: ReturnType<typeof shardAt>, shard: number) => Promise<Answer> | Answer,
  ): Promise<(Answer & { shard: number })[]> => {
    const answers = await Promise.all(
      [...shards].map(async (shard) => {
        try {
          const answer = Promise.resolve(ask(shardAt(plan, shard), shard));
          return { ...(await withDeadline(answer, limits.snapshotDeadlineMs)), shard };
        } catch (error) {
          reportFailure("room.shard_no_answer", error, { decision: plan.decisionId, shard });
          return null;
        }
      }),
    );
    return answers.filter((answer) => answer !== null);
  };
  const requireAll = <Answer>(
    manifest: Manifest,
    ask: (called: ReturnType<typeof shardAt>) => Promise<Answer> | Answer,
  ): Promise<Answer[]> =>
    Promise.all(
      manifest.shardMap.map(async (_, shard) =>
        withDeadline(Promise.resolve(ask(shardAt(manifest, shard))), limits.publicationStepMsMax),
      ),
    );
  return {
    async cutBallots(manifest, buckets) {
      const areCut = await requireAll(manifest, (stub) => stub.cutBallots(buckets));
      return areCut.every(Boolean);
    },
    countVoters: (manifest) => requireAll(manifest, (stub) => stub.countVoters()),
    readCut: (manifest, bucket) => requireAll(manifest, (stub) => stub.readCut(bucket)),
    async dropCut(manifest) {
      await requireAll(manifest, (stub) => stub.dropCut());
    },
    open: (manifest, openingKey, shards) =>
      askAll(manifest, shards, (stub, shard) =>
        stub.open(votingTerms(manifest, openingKey, shard)),
      ),
    async pause(manifest, shards, closesAt) {
      const answers = await askAll(manifest, shards, async (stub) => ({
        ended: await stub.pause(closesAt),
      }));
      return answers.flatMap(({ ended }) => (ended === null ? [] : [ended]));
    },
    extend: (manifest, shards, closesAt) =>
      askAll(manifest, shards, (stub) => stub.extend(closesAt)),
    seal: (manifest, shards) => askAll(manifest, shards, (stub) => stub.seal()),
    async report(manifest, shard, known) {
      const [answer = null] = await askAll(manifest, [shard], async (stub) => {
        const report = await stub.reportSince(known);
        return typeof report === "string" ? decodeReport(report) : report;
      });
      return answer;
    },
    recordStates: (manifest, known) =>
      askAll(manifest, known.keys(), (stub, shard) => stub.recordState(known.get(shard) ?? null)),
    async republish(manifest, shards) {
      await Promise.all(shards.map((shard) => shardAt(manifest, shard).republishAll()));
    },
    readBallots: async (plan, { shard, afterSeq, max }) =>
      shardAt(plan, shard).readBallots(afterSeq, max),
    async confirmFirst(plan, confirmation) {
      await shardAt(plan, 0).confirm(confirmation);
    },
    async dropRolls(decisionId, shards) {
      const answers = shards.map((shard) =>
        versionedShard(namespace, shardName(decisionId, shard)).dropRolls(),
      );
      await Promise.all(answers.map((answer) => withDeadline(answer, limits.snapshotDeadlineMs)));
    },
    dropRollInRoom: () => inRoom.dropRolls(),
    findOnRoll: (plan, roll, pids) =>
      askAll(plan, pids.keys(), async (stub, shard) => ({
        entries: await stub.findOnRoll(roll, pids.get(shard) ?? []),
      })),
    moveTokens: (plan, moves) =>
      askAll(plan, moves.keys(), (stub, shard) => {
        const move = moves.get(shard);
        invariant(move !== undefined, "a shard is asked for its own voters");
        return stub.moveTokens(move);
      }),
    async forget(manifest, shard) {
      const answer = Promise.resolve(shardAt(manifest, shard).forget());
      return withDeadline(answer, limits.snapshotDeadlineMs);
    },
  };
}
