import type { VoterIdForm } from "../voter-id/voter-id.ts";
import { isPlannedInRoom, type ShardDraft } from "./shard-map.ts";

/** What the roll says of one voter: where the vote counts, and how much. */
export type RollEntry = { region: string; weight: number };

/**
 * How many may vote and what they weigh together: the weight is a decimal string, since it can pass
 * 2^53 and a manifest is JSON.
 */
export type RollFigures = { voters: number; weight: string };

/** One shard's part of a roll, counted and hashed when its import was complete. */
export type ShardRoll = { hash: string; regions: readonly RegionFigures[] };
export type RegionFigures = { region: string } & RollFigures;

/**
 * The electorate of a decision as its manifest freezes it. `import` numbers the uploads: it names
 * the table that the shards look into. A region of the decision that has no voter is listed with
 * zeros.
 */
export type Roll = RollFigures & {
  import: number;
  hash: string;
  regions: readonly RegionFigures[];
  shardHashes: readonly string[];
  /** Whether its only part is in the room's object. */
  isInRoom: boolean;
  /** The form of the voter_ids that its pids were made of. */
  voterIds: VoterIdForm;
};

type Sha256 = (text: string) => string;

/** The parts of all shards, in shard order, of a decision's import `number`. */
export interface RollParts {
  decisionId: string;
  number: number;
  parts: readonly ShardRoll[];
  /** Whether the only part is in the room's object. */
  isInRoom: boolean;
  voterIds: VoterIdForm;
  sha256: Sha256;
}

/** Joins the parts of all shards into the roll of a decision. */
export function joinShardRolls(rollParts: RollParts): Roll {
  const { decisionId, number, parts, isInRoom, voterIds, sha256 } = rollParts;
  const shardHashes = parts.map((part) => part.hash);
  const regions = new Map<string, { voters: number; weight: bigint }>();
  for (const { region, voters, weight } of parts.flatMap((part) => part.regions)) {
    const sum = regions.get(region) ?? { voters: 0, weight: 0n };
    regions.set(region, {
      voters: sum.voters + voters,
      weight: sum.weight + BigInt(weight),
    });
  }
  const all = [...regions.values()];
  return {
    import: number,
    hash: sha256(rollText(decisionId, shardHashes)),
    voters: all.reduce((sum, { voters }) => sum + voters, 0),
    weight: String(all.reduce((sum, { weight }) => sum + weight, 0n)),
    regions: [...regions].map(([region, { voters, weight }]) => ({
      region,
      voters,
      weight: String(weight),
    })),
    shardHashes,
    isInRoom,
    voterIds,
  };
}

/** What of a draft with a roll decides whether a roll fits it. */
type RollDraft = Pick<ShardDraft, "shards" | "expectedWatchers"> & {
  regions: readonly { code: string }[];
  voterIds: VoterIdForm;
};

/**
 * The roll as it fits a draft, its regions in the draft's order, or null where the draft has
 * changed since the import so that it no longer fits.
 */
export function fitRoll(roll: Roll, draft: RollDraft): Roll | null {
  const figures = new Map(roll.regions.map((one) => [one.region, one]));
  const codes = draft.regions.map((region) => region.code);
  const known = new Set(codes.length === 0 ? [""] : codes);
  const isFitting =
    roll.shardHashes.length === draft.shards &&
    roll.isInRoom === isPlannedInRoom(draft) &&
    roll.voterIds === draft.voterIds;
  if (!isFitting || [...figures.keys()].some((region) => !known.has(region))) return null;
  const regions = codes.map((region) => figures.get(region) ?? { region, voters: 0, weight: "0" });
  return { ...roll, regions };
}

/** The text whose SHA-256 is a decision's roll hash: the hashes of its shards' parts in order. */
export function rollText(decisionId: string, shardHashes: readonly string[]): string {
  return JSON.stringify(["enviro-governance/roll/1", decisionId, shardHashes]);
}

/**
 * The first line of the text whose SHA-256 is a shard's roll hash. A line for each voter follows,
 * in the byte order of their pids: so the hash is the same in whatever order a file named them.
 */
export function shardRollHead(decisionId: string, shard: number): string {
  return `${JSON.stringify(["enviro-governance/roll/1", decisionId, shard])}\n`;
}

export function shardRollLine(pid: string, { region, weight }: RollEntry): string {
  return `${JSON.stringify([pid, region, weight])}\n`;
}
