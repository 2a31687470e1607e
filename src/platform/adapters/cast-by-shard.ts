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
  const first = await castAt(
    requests.map((request, index) => ({ request, index, shard: hinted[index] ?? 0 })),
    castInShard,
  );
  const outcomes = requests.map((_, index) => first.get(index)?.[0] ?? "unavailable");
  if (manifest.placement === undefined) return outcomes;
  const further = requests.flatMap((request, index) => {
    if (isDecided(outcomes[index] ?? "unavailable")) return [];
    const others = candidateShards(request.pid, manifest.shardMap);
    return others
      .filter((shard) => shard !== hinted[index])
      .map((shard) => ({ request, index, shard }));
  });
  const more = await castAt(further, castInShard);
  return outcomes.map((outcome, index) => mostDecided([outcome, ...(more.get(index) ?? [])]));
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

/** A request on its way, by its index among all. */
interface AddressedRequest {
  request: CastRequest;
  index: number;
  shard: number;
}

/** One call a shard; what shards say to each request, by its index. */
async function castAt(
  addressed: readonly AddressedRequest[],
  castInShard: CastInShard,
): Promise<Map<number, Outcome[]>> {
  const outcomes = new Map<number, Outcome[]>();
  const byShard = Map.groupBy(addressed, ({ shard }) => shard);
  await Promise.all(
    [...byShard].map(async ([shard, ofShard]) => {
      const requests = ofShard.map(({ request }) => request);
      const said = await castInShard(shard, requests);
      for (const [offset, { index }] of ofShard.entries()) {
        const ofRequest = outcomes.get(index) ?? [];
        ofRequest.push(said[offset] ?? "unavailable");
        outcomes.set(index, ofRequest);
      }
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

/** The outcome that says most of the voter; of equal ones the first. */
function mostDecided(outcomes: readonly [Outcome, ...Outcome[]]): Outcome {
  return outcomes.reduce((best, outcome) => (rankOf(outcome) < rankOf(best) ? outcome : best));
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
