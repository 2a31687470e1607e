import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { CastRequest, VoteRefusal } from "../../ballot/voter.ts";
import type { Manifest } from "../../decision/decision.ts";
import { candidateShards, groupOfRegion, shardOf } from "../../decision/shard-map.ts";
import type { ShardFailure } from "../../ports/ballots.ts";
import { askInGroups } from "../../shared/ask-in-groups.ts";

type PlacedManifest = Pick<Manifest, "shardMap" | "placement">;
type Outcome = CastOutcome | ShardFailure;

/** What shards are asked of voters. Neither throws. */
interface VoteShards {
  /** Decides on requests, an outcome each in their order. */
  cast(shard: number, requests: readonly CastRequest[]): Promise<Outcome[]>;
  /** Whether each is on the shard's roll, in their order; null where it does not answer. */
  areOnRoll(shard: number, pids: readonly string[]): Promise<readonly boolean[] | null>;
}

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
 * holder is sought in the rolls of the other groups, and only there is the vote cast again. So two
 * claims are one voter, and a flood of one group's votes waits in no other group's queue.
 */
export async function castByShard(
  manifest: PlacedManifest,
  requests: readonly CastRequest[],
  shards: VoteShards,
): Promise<Outcome[]> {
  const hinted = hintedShards(manifest, requests);
  const outcomes = await castAt(requests, hinted, shards);
  if (manifest.placement === undefined) return outcomes;
  const undecided = requests.flatMap((request, index) => {
    const outcome = outcomes[index] ?? "unavailable";
    if (isDecided(outcome)) return [];
    return [{ request, index, hinted: hinted[index] ?? 0, isWindow: isWindowRefusal(outcome) }];
  });
  const holders = await findHolders(
    manifest.shardMap,
    undecided.map(({ request, ...rest }) => ({ pid: request.pid, ...rest })),
    shards,
  );
  const elsewhere = undecided.flatMap(({ request, index }) => {
    const holder = holders.get(request.pid) ?? "hinted";
    // A vote of before may be counted by the shard that is silent.
    if (holder === "unknown") outcomes[index] = "unavailable";
    return typeof holder === "number" ? [{ request, index, shard: holder }] : [];
  });
  const more = await castAt(
    elsewhere.map(({ request }) => request),
    elsewhere.map(({ shard }) => shard),
    shards,
  );
  for (const [at, { index }] of elsewhere.entries()) outcomes[index] = more[at] ?? "unavailable";
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

/** One call a shard, and an outcome each in the order of the requests. */
async function castAt(
  requests: readonly CastRequest[],
  shards: readonly number[],
  { cast }: Pick<VoteShards, "cast">,
): Promise<Outcome[]> {
  // Each has its shard.
  const shardAt = (index: number) => shards[index] ?? 0;
  // Nothing is copied for a request of one voter, or where there is one shard.
  const isOne = requests.every((_, index) => shardAt(index) === shardAt(0));
  if (isOne && requests.length > 0) return cast(shardAt(0), requests);
  return askInGroups(requests, (_, index) => shardAt(index), cast, "unavailable");
}

/** A voter of whom the hinted shard could say nothing, or nothing but its window. */
interface SoughtVoter {
  pid: string;
  hinted: number;
  isWindow: boolean;
}

/** The shard that has a voter on its roll; `hinted`: that which was asked, or none. */
type Holder = number | "hinted" | "unknown";

/**
 * Where voters stand on the roll. A shard that refuses by its window is asked of its own roll first,
 * so that before the opening and after the close no other group is called for its voters.
 */
async function findHolders(
  shardMap: Manifest["shardMap"],
  voters: readonly SoughtVoter[],
  shards: VoteShards,
): Promise<ReadonlyMap<string, Holder>> {
  const holders = new Map<string, Holder>();
  const windowed = voters.filter(({ isWindow }) => isWindow);
  const own = windowed.map(({ pid, hinted }) => ({ pid, shard: hinted }));
  for (const pid of (await seekAt(own, shards)).found.keys()) holders.set(pid, "hinted");
  const others = voters
    .filter(({ pid }) => !holders.has(pid))
    .flatMap(({ pid, hinted }) =>
      candidateShards(pid, shardMap)
        .filter((shard) => shard !== hinted)
        .map((shard) => ({ pid, shard })),
    );
  const { found, unknown } = await seekAt(others, shards);
  for (const pid of unknown) holders.set(pid, "unknown");
  for (const [pid, shard] of found) holders.set(pid, shard);
  return holders;
}

/** Which of these shards have these voters on their rolls, and for whom one did not answer. */
async function seekAt(
  sought: readonly { pid: string; shard: number }[],
  { areOnRoll }: Pick<VoteShards, "areOnRoll">,
): Promise<{ found: Map<string, number>; unknown: Set<string> }> {
  const found = new Map<string, number>();
  const unknown = new Set<string>();
  const byShard = Map.groupBy(sought, ({ shard }) => shard);
  await Promise.all(
    [...byShard].map(async ([shard, voters]) => {
      const pids = [...new Set(voters.map(({ pid }) => pid))];
      const said = await areOnRoll(shard, pids);
      for (const [index, pid] of pids.entries()) {
        if (said === null) unknown.add(pid);
        else if (said[index] === true) found.set(pid, shard);
      }
    }),
  );
  return { found, unknown };
}

/** What a shard says before it looks into its roll. */
const windowRefusals: ReadonlySet<VoteRefusal> = new Set<VoteRefusal>([
  "decision.not_open",
  "decision.closed",
  "decision.extension_pending",
  "token.expired",
]);

function isWindowRefusal(outcome: Outcome): boolean {
  return (
    typeof outcome === "object" && outcome.kind === "refused" && windowRefusals.has(outcome.code)
  );
}

/**
 * Whether this is the last word: a receipt, a refusal of who holds the voter, or that a shard has no
 * room, since then nothing was written and the same request is good again.
 */
function isDecided(outcome: Outcome): boolean {
  if (typeof outcome === "string") return outcome === "overloaded";
  if (outcome.kind !== "refused") return true;
  return outcome.code !== "vote.not_on_roll" && !windowRefusals.has(outcome.code);
}
