import type { Disclosure, Manifest, RevotePolicy } from "../decision/decision.ts";
import { lastMinutesAt } from "../decision/extension.ts";
import type { Roll } from "../decision/roll.ts";
import { groupRanges, shardOf, type ShardRange } from "../decision/shard-map.ts";
import { isTurnoutShown } from "../decision/visibility.ts";
import { invariant } from "../shared/invariant.ts";
import type { ShardAddress } from "./receipt.ts";

/** What a shard needs to decide on a vote by itself: the part of the manifest that concerns it. */
export type VotingTerms = ShardAddress & {
  shards: number;
  /** The shards of its group; only where voters are placed by region. */
  group?: ShardRange;
  /** Whether its results never count: then a vote may be followed in traces. */
  rehearsal: boolean;
  opensAt: number;
  closesAt: number | null;
  /**
   * From when on a quorum that comes may extend the window, in ms; null where none does, or none
   * any more.
   */
  lastMinutesAt: number | null;
  revotePolicy: RevotePolicy;
  /**
   * Codes of the decision's regions; empty where it has none, and then a ballot's region is empty
   * too.
   */
  regions: ReadonlySet<string>;
  weightMax: number;
  disclosure: Disclosure;
  /** Whether its ballots may be measured: a sealed decision's would tell how many there are. */
  isTurnoutShown: boolean;
  /** What the hashes of its ballots are made with: 32 random bytes in hexadecimal digits. */
  openingKey: string;
  /**
   * The import that this shard looks voters up in and the hash of its own part of it; null in an
   * open electorate.
   */
  roll: { import: number; hash: string } | null;
};

export function votingTerms(manifest: Manifest, openingKey: string, shard: number): VotingTerms {
  return {
    decisionId: manifest.decisionId,
    shard,
    shards: manifest.shardMap.length,
    ...groupTerms(manifest, shard),
    rehearsal: manifest.rehearsal ?? false,
    opensAt: manifest.opensAt,
    closesAt: manifest.closesAt,
    lastMinutesAt: lastMinutesAt(manifest),
    revotePolicy: manifest.revotePolicy,
    regions: new Set(manifest.regions.map((region) => region.code)),
    weightMax: manifest.weightMax,
    disclosure: manifest.disclosure,
    isTurnoutShown: isTurnoutShown(manifest),
    openingKey,
    roll: manifest.roll === null ? null : shardRollTerms(manifest.roll, shard),
  };
}

function groupTerms({ shardMap }: Manifest, shard: number): Pick<VotingTerms, "group"> {
  const number = shardMap[shard]?.group;
  const group = number === undefined ? undefined : groupRanges(shardMap)[number];
  return group === undefined ? {} : { group };
}

/** Whether this pid picks this shard, be it among all or in its group. */
export function isHomeOf(
  { shard, shards, group = { first: 0, shards } }: Pick<VotingTerms, "shard" | "shards" | "group">,
  pid: string,
): boolean {
  return group.first + shardOf(pid, group.shards) === shard;
}

function shardRollTerms(roll: Roll, shard: number) {
  const hash = roll.shardHashes[shard];
  invariant(hash !== undefined, "a roll has a part for every shard");
  return { import: roll.import, hash };
}
