import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { CastRequest, VoteRefusal } from "../../ballot/voter.ts";
import type { Manifest } from "../../decision/decision.ts";
import { candidateShards, groupOfRegion, shardOf } from "../../decision/shard-map.ts";
import type { ShardFailure } from "../../ports/ballots.ts";

type PlacedManifest = Pick<Manifest, "shardMap" | "placement">;
type Outcome = CastOutcome | ShardFailure;

/** Has a shard decide on requests, an outcome each in their order. Never throws. */
type CastInShard = (shard: number, requests: readonly CastRequest[]) => Promise<Outcome[]>;

/** A voter, and the region that is claimed for it. */
export type VoterHint = Pick<CastRequest, "pid" | "region">;

/** The shard that may hold this voter, if the claim is true; without placement the only such one. */
export function hintedShard(
  { shardMap, placement }: PlacedManifest,
  { pid, region }: VoterHint,
): number {
  if (placement === undefined) return shardOf(pid, shardMap.length);
  return candidateShards(pid, shardMap)[groupOfRegion(region, placement)] ?? 0;
}

/**
 * Hands votes to the shard of each voter, one call a shard, and gives an outcome each, in order.
 * Where voters are placed by region a claim is a hint: of whom the hinted shard can say nothing the
 * one possible shard of each other group is asked. Only that on whose roll the voter stands accepts
 * a vote, and only that which did repeats a receipt: so two claims are one voter.
 */
export async function castByShard(
  manifest: PlacedManifest,
  requests: readonly CastRequest[],
  castInShard: CastInShard,
): Promise<Outcome[]> {
  const hinted = hintedShards(manifest, requests);
  const outcomes = await castAt(requests, hinted, castInShard);
  if (manifest.placement === undefined) return outcomes;
  const further = requests.flatMap((request, index) => {
    if (isDecided(outcomes[index] ?? "unavailable")) return [];
    const others = candidateShards(request.pid, manifest.shardMap);
    return others
      .filter((shard) => shard !== hinted[index])
      .map((shard) => ({ request, index, shard }));
  });
  const more = await castAt(
    further.map(({ request }) => request),
    further.map(({ shard }) => shard),
    castInShard,
  );
  for (const [at, { index }] of further.entries()) {
    const [best = "unavailable", other = "unavailable"] = [outcomes[index], more[at]];
    // Of equal ones the first stays: the hinted shard's.
    outcomes[index] = rankOf(other) < rankOf(best) ? other : best;
  }
  return outcomes;
}

/** All requests of a voter go the way of the first, so that they keep their order. */
function hintedShards(manifest: PlacedManifest, requests: readonly CastRequest[]): number[] {
  if (manifest.placement === undefined)
    return requests.map((request) => hintedShard(manifest, request));
  const byVoter = new Map<string, number>();
  return requests.map((request) => {
    const shard = byVoter.get(request.pid) ?? hintedShard(manifest, request);
    byVoter.set(request.pid, shard);
    return shard;
  });
}

/** One call a shard, and an outcome each in the order of the requests; each has its shard. */
async function castAt(
  requests: readonly CastRequest[],
  shards: readonly number[],
  castInShard: CastInShard,
): Promise<Outcome[]> {
  const byShard = Map.groupBy(requests.keys(), (index) => shards[index] ?? 0);
  const [only] = byShard.keys();
  if (only !== undefined && byShard.size === 1) return castInShard(only, requests);
  const outcomes: Outcome[] = requests.map(() => "unavailable");
  await Promise.all(
    [...byShard].map(async ([shard, indexes]) => {
      // They are the requests' own indexes.
      const ofShard = indexes.map((index) => requests[index] as CastRequest);
      const said = await castInShard(shard, ofShard);
      for (const [offset, index] of indexes.entries())
        outcomes[index] = said[offset] ?? "unavailable";
    }),
  );
  return outcomes;
}

/** What a shard says of a voter whom it does not hold: of its window, of its roll, of old tokens. */
const strangersRefusals: ReadonlySet<VoteRefusal> = new Set<VoteRefusal>([
  "vote.not_on_roll",
  "decision.not_open",
  "decision.closed",
  "decision.extension_pending",
  "token.expired",
]);

function isDecided(outcome: Outcome): boolean {
  return rankOf(outcome) <= 1;
}

/**
 * Counted, then refused by the shard that holds the voter, then unknown, since that shard may be the
 * one that is silent; and of those who do not hold the voter one that may.
 */
function rankOf(outcome: Outcome): number {
  if (typeof outcome === "string") return 2;
  if (outcome.kind !== "refused") return 0;
  if (!strangersRefusals.has(outcome.code)) return 1;
  return outcome.code === "vote.not_on_roll" ? 4 : 3;
}
