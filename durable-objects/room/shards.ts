import { votingTerms } from "../../src/ballot/voting-terms.ts";
import type { Manifest } from "../../src/decision/decision.ts";
import { shardName } from "../../src/decision/shard-map.ts";
import { limits } from "../../src/limits.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { reportFailure } from "../../workers/report-failure.ts";
import { withDeadline } from "../../src/deadline.ts";

/** A room's line to the shards of its decision. Each call goes to several at once and gives what came back in time. */
export type RoomShards = {
  open(manifest: Manifest, shards: readonly number[]): Promise<ShardSnapshot[]>;
  extend(manifest: Manifest, shards: readonly number[], closesAt: number): Promise<ShardSnapshot[]>;
  seal(manifest: Manifest, shards: readonly number[]): Promise<ShardSnapshot[]>;
  snapshot(manifest: Manifest, shards: readonly number[]): Promise<ShardSnapshot[]>;
  republish(manifest: Manifest): Promise<void>;
  /** Throws where a shard does not answer in time; asked again, those that did change nothing. */
  dropRolls(decisionId: string, shards: readonly number[]): Promise<void>;
};

export function roomShards(namespace: Env["BALLOT_SHARD"]): RoomShards {
  const stubOf = (manifest: Manifest, shard: number) => {
    const place = manifest.shardMap[shard]?.place ?? null;
    const name = shardName(manifest.decisionId, shard);
    return namespace.getByName(name, place === null ? {} : { locationHint: place });
  };
  const askAll = async (
    manifest: Manifest,
    shards: readonly number[],
    ask: (stub: ReturnType<typeof stubOf>, shard: number) => Promise<ShardSnapshot>,
  ): Promise<ShardSnapshot[]> => {
    const answers = await Promise.all(
      shards.map(async (shard) => {
        try {
          const answer = ask(stubOf(manifest, shard), shard);
          return { ...(await withDeadline(answer, limits.snapshotDeadlineMs)), shard };
        } catch (error) {
          reportFailure("room.shard_silent", error, { decision: manifest.decisionId, shard });
          return null;
        }
      }),
    );
    return answers.filter((answer) => answer !== null);
  };
  return {
    open: (manifest, shards) =>
      askAll(manifest, shards, (stub, shard) => stub.open(votingTerms(manifest, shard))),
    extend: (manifest, shards, closesAt) =>
      askAll(manifest, shards, (stub) => stub.extend(closesAt)),
    seal: (manifest, shards) => askAll(manifest, shards, (stub) => stub.seal()),
    snapshot: (manifest, shards) => askAll(manifest, shards, (stub) => stub.snapshot()),
    async republish(manifest) {
      await Promise.all(
        manifest.shardMap.map((_, shard) => stubOf(manifest, shard).republishAll()),
      );
    },
    async dropRolls(decisionId, shards) {
      const answers = shards.map((shard) =>
        namespace.getByName(shardName(decisionId, shard)).dropRolls(),
      );
      await Promise.all(answers.map((answer) => withDeadline(answer, limits.snapshotDeadlineMs)));
    },
  };
}
