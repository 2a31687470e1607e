import { decodeOutcomes, encodeRequests } from "../../ballot/cast-code.ts";
import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import type { Manifest } from "../../decision/decision.ts";
import { shardOf } from "../../decision/shard-map.ts";
import type { Ballots, ShardFailure } from "../../ports/ballots.ts";
import { reportFailure } from "../report-failure.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** The shards as Durable Objects. */
export function durableBallots(shardAt: ShardCalls): Ballots {
  /** Never throws: a call that fails after it was sent leaves it unknown whether it counted, which `unavailable` says. */
  const castInShard = async (
    manifest: Manifest,
    shard: number,
    requests: readonly CastRequest[],
  ): Promise<(CastOutcome | ShardFailure)[]> => {
    try {
      const reply = await shardAt(manifest, shard).castText(encodeRequests(requests));
      if (reply === "overloaded") return requests.map(() => reply);
      return decodeOutcomes(reply, { decisionId: manifest.decisionId, shard });
    } catch (error) {
      reportFailure("edge.shard_silent", error, { decision: manifest.decisionId, shard });
      const silence = isOverloaded(error) ? "overloaded" : "unavailable";
      return requests.map(() => silence);
    }
  };

  return {
    async cast(manifest, requests) {
      const parcels = sortByShard(requests, manifest.shardMap.length);
      const [only] = parcels.keys();
      if (only !== undefined && parcels.size === 1) {
        return castInShard(manifest, only, requests);
      }
      const outcomes: (CastOutcome | ShardFailure)[] = requests.map(() => "unavailable");
      await Promise.all(
        [...parcels].map(async ([shard, { some, indexes }]) => {
          const replies = await castInShard(manifest, shard, some);
          for (const [position, index] of indexes.entries()) {
            outcomes[index] = replies[position] ?? "unavailable";
          }
        }),
      );
      return outcomes;
    },
    snapshot: (manifest, shard) => shardAt(manifest, shard).snapshot(),
    outboxProgress: (manifest, shard) => shardAt(manifest, shard).outboxProgress(),
    readBallots: (manifest, shard, seq, max) => shardAt(manifest, shard).readBallots(seq, max),
  };
}

/** The requests of each shard, with where they stand among all. */
function sortByShard(
  requests: readonly CastRequest[],
  shards: number,
): Map<number, { some: CastRequest[]; indexes: number[] }> {
  const parcels = new Map<number, { some: CastRequest[]; indexes: number[] }>();
  for (const [index, request] of requests.entries()) {
    const shard = shardOf(request.pid, shards);
    let parcel = parcels.get(shard);
    if (parcel === undefined) {
      parcel = { some: [], indexes: [] };
      parcels.set(shard, parcel);
    }
    parcel.some.push(request);
    parcel.indexes.push(index);
  }
  return parcels;
}

/** The platform turned the call away before the object saw it (developers.cloudflare.com, "Durable Objects: Error handling"). */
function isOverloaded(error: unknown): boolean {
  return typeof error === "object" && error !== null && Reflect.get(error, "overloaded") === true;
}
