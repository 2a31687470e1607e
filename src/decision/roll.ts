import type { VoterIdForm } from "../voter-id/voter-id.ts";
import { limits } from "../shared/limits.ts";
import { canonicalJson } from "../shared/canonical-json.ts";
import { countShards } from "./count-shards.ts";
import { isPlannedInRoom, type ShardGroup, type ShardDraft } from "./shard-map.ts";

/** What the roll says of one voter: where the vote counts, and how much. */
export type RollEntry = {
  region: string;
  weight: number;
  /** Published beside the vote; only in roll calls, and only where the roll names the voter. */
  name?: string | undefined;
};

/**
 * How many may vote and what they weigh together: the weight is a decimal string, since it can pass
 * 2^53 and a manifest is JSON.
 */
export type RollFigures = { voters: number; weight: string };

/**
 * What of a roll's file was not loaded: how many rows, by the codes of their reasons, and the first
 * of them by their lines.
 */
export interface RefusedRows {
  rows: number;
  reasons: readonly { code: string; rows: number }[];
  problems: readonly { line: number; code: string }[];
}

/** One shard's part of a roll, counted and hashed when its import was complete. */
export type ShardRoll = {
  hash: string;
  regions: readonly RegionFigures[];
  /** How many voters share a region and a weight; null where they are more than can be told. */
  cells: readonly RollCell[] | null;
  /** Only where it names a voter. */
  isNamed?: true;
};
export type RollCell = Omit<RollEntry, "name"> & { voters: number };
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
  /**
   * The fewest voters of a region who share their weight, by region; none where all voters of the
   * roll weigh the same, null where there are too many weights to tell.
   */
  fewestAlike: readonly { region: string; voters: number }[] | null;
  /** By which its voters were spread; only where they are placed by region, and not in a manifest. */
  placement?: readonly ShardGroup[];
  /** Only where it names a voter, which fits roll calls alone. */
  isNamed?: true;
  /** Only where rows of its file were refused, and not in a manifest. */
  refused?: RefusedRows;
};

type Sha256 = (text: string) => string;

/** The parts of all shards, in shard order, of a decision's import `number`. */
export interface RollParts {
  decisionId: string;
  number: number;
  parts: readonly ShardRoll[];
  /** Whether the only part is in the room's object. */
  isInRoom: boolean;
  placement: readonly ShardGroup[];
  voterIds: VoterIdForm;
  sha256: Sha256;
}

/** Joins the parts of all shards into the roll of a decision. */
export function joinShardRolls(rollParts: RollParts): Roll {
  const { decisionId, number, parts, isInRoom, placement, voterIds, sha256 } = rollParts;
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
    fewestAlike: fewestAlike(parts.map(({ cells }) => cells)),
    ...(placement.length === 0 ? {} : { placement }),
    ...(parts.some(({ isNamed }) => isNamed) ? { isNamed: true } : {}),
  };
}

/** The fewest of each region who share their weight, of rolls or parts of one; see `Roll`. */
export function fewestAlike(parts: readonly (readonly RollCell[] | null)[]): Roll["fewestAlike"] {
  const cells = new Map<string, RollCell>();
  for (const part of parts) {
    if (part === null) return null;
    for (const cell of part) {
      const key = `${cell.weight} ${cell.region}`;
      const voters = cell.voters + (cells.get(key)?.voters ?? 0);
      cells.set(key, { ...cell, voters });
    }
  }
  const all = [...cells.values()];
  if (new Set(all.map(({ weight }) => weight)).size <= 1) return [];
  const fewest = new Map<string, number>();
  for (const { region, voters } of all)
    fewest.set(region, Math.min(voters, fewest.get(region) ?? voters));
  return [...fewest]
    .filter(([, voters]) => voters < limits.smallCellsMinMax)
    .map(([region, voters]) => ({ region, voters }));
}

/** What of a draft with a roll decides whether a roll fits it. */
type RollDraft = Omit<ShardDraft, "locationHints"> & {
  regions: readonly { code: string }[];
  voterIds: VoterIdForm;
  /** As a decision's `Disclosure`; that file imports this one. */
  disclosure: string;
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
    roll.shardHashes.length === countShards(draft) &&
    isSpreadAlike(roll.placement ?? [], draft.placement) &&
    roll.isInRoom === isPlannedInRoom(draft) &&
    roll.voterIds === draft.voterIds &&
    (roll.isNamed !== true || draft.disclosure === "roll_call");
  if (!isFitting || [...figures.keys()].some((region) => !known.has(region))) return null;
  const regions = codes.map((region) => figures.get(region) ?? { region, voters: 0, weight: "0" });
  return { ...roll, regions };
}

/** Whether rows come to the same shards; an object stays where the first import has put it. */
function isSpreadAlike(some: readonly ShardGroup[], others: readonly ShardGroup[]): boolean {
  const spreadBy = (groups: readonly ShardGroup[]) =>
    canonicalJson(groups.map(({ regions, shards }) => [regions, shards]));
  return spreadBy(some) === spreadBy(others);
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

export function shardRollLine(pid: string, { region, weight, name }: RollEntry): string {
  return `${JSON.stringify([pid, region, weight, ...(name === undefined ? [] : [name])])}\n`;
}
