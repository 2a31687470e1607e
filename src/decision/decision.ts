import type { RegionFigures, Roll, RollFigures } from "./roll.ts";
import type { VoterIdForm } from "../voter-id/voter-id.ts";
import type { LocationHint, ShardGroup, ShardMap } from "./shard-map.ts";

/** Whether a voter's first ballot stands, or the newest one counts. */
export const revotePolicies = ["final", "revisable"] as const;
export type RevotePolicy = (typeof revotePolicies)[number];

export const statuses = [
  "draft",
  "scheduled",
  "open",
  "closing",
  "closed",
  "certified",
  "cancelled",
] as const;
export type DecisionStatus = (typeof statuses)[number];

/** Who may vote: whoever holds a valid credential, or the voters of an imported list. */
export const electorates = ["open", "roll"] as const;
export type Electorate = (typeof electorates)[number];

/**
 * What anybody may see of a decision's counts before it has closed: everything, who has voted but
 * not how, or nothing. Frozen in the manifest, and the same for officials and the public.
 */
export const visibilities = ["live", "turnout", "sealed"] as const;
export type Visibility = (typeof visibilities)[number];

/**
 * What stations may cast: votes of those who have none, votes in place of earlier ones too, or
 * nothing. Frozen in the manifest.
 */
export const stationPolicies = ["first_wins", "overrides", "none"] as const;
export type StationPolicy = (typeof stationPolicies)[number];

/**
 * What of single ballots is published after the close: who voted how, each ballot under a hash
 * that only its voter knows again, or hashes alone. Frozen in the manifest (docs/secrecy.md).
 */
export const disclosures = ["roll_call", "pseudonymous", "aggregate"] as const;
export type Disclosure = (typeof disclosures)[number];

/**
 * Whether a decision may be closed before its window ends: not at all, by itself as soon as no vote
 * to come can change the outcome, or by its organiser. Cancelling is possible always.
 */
export const earlyEnds = ["never", "by_rule", "by_organiser"] as const;
export type EarlyEnd = (typeof earlyEnds)[number];

/**
 * How many may vote in an open electorate, as the organiser states it: what a rule "of the
 * eligible" is measured against.
 */
export type ElectorateSize = RollFigures & { regions: readonly RegionFigures[] };

export type Region = { code: string; name: string };

/**
 * A login service whose word on voters the decision takes, and how it reads it: which claim is the
 * voter_id, and which the region.
 */
export type ExternalLogin = { issuer: string; voterClaim: string; regionClaim: string | null };

/**
 * The language (BCP 47) of a decision's title and description, and what they are in others, in the
 * order in which they were written.
 */
export type Translations = {
  original: string;
  texts: readonly { language: string; title: string; description: string }[];
};

/**
 * What an organiser writes; times are milliseconds since 1970, null where none is set. A new field
 * gets an entry in draft-fields/, too: the API's schemas, its answers and what is stored follow from
 * there.
 */
export type DecisionDraft = {
  id: string;
  /** Whether it is held to try things out: its results never count, and every page says so. */
  rehearsal: boolean;
  title: string;
  description: string;
  /** Null where nobody says in which language these are. */
  translations: Translations | null;
  regions: readonly Region[];
  electorate: Electorate;
  /** Of a roll's voter_ids; `voterIdFormOf` says what applies. */
  voterIds: VoterIdForm;
  /** Null where there is a roll, which counts its voters, and where nobody states it. */
  electorateSize: ElectorateSize | null;
  /**
   * Minutes by which the window is extended, once, when the quorum is reached in its last so many
   * minutes; null for never.
   */
  extensionMinutes: number | null;
  endsEarly: EarlyEnd;
  /** The rule's document as canonical JSON text: so it crosses to a room and back as it is. */
  rule: string;
  revotePolicy: RevotePolicy;
  opensAt: number | null;
  closesAt: number | null;
  /** Of all voters, or of those in the regions that no group of `placement` has. */
  shards: number;
  locationHints: readonly LocationHint[];
  /** Regions whose voters have shards of their own; only with a roll. */
  placement: readonly ShardGroup[];
  /** How many are expected to watch live: a crowd has a room without a shard. */
  expectedWatchers: number;
  weightMax: number;
  visibility: Visibility;
  disclosure: Disclosure;
  stations: StationPolicy;
  /**
   * Outside roll calls: new voters of a region that its figures wait for before the close.
   */
  releaseMin: number;
  /**
   * Outside roll calls: voters of a region and weight that are shown after the close, at the least;
   * below `limits.cellVotersMin` that stands in its place.
   */
  smallCellsMin: number;
  login: ExternalLogin | null;
  /** How many days after its certification keys, roll and ballots are forgotten; null for never. */
  retentionDays: number | null;
};

/** The map of a decision's regions: SHA-256 (hex) of its text, and how many bytes that has. */
export type DecisionMap = { hash: string; bytes: number };

/** A draft frozen at opening, with the map that routes its voters. Its hash is public. */
export type Manifest = Omit<
  DecisionDraft,
  "id" | "shards" | "locationHints" | "placement" | "opensAt" | "rehearsal"
> & {
  version: 1;
  /** Only in a rehearsal. */
  rehearsal?: true;
  /** Of the rules by which voter_ids are normalised: `voterIdRulesVersion`. */
  voterIdRules: number;
  decisionId: string;
  /** Null in an open electorate. */
  roll: Roll | null;
  opensAt: number;
  shardMap: ShardMap;
  /** Only where voters are placed by region. */
  placement?: readonly ShardGroup[];
  /** Only where the organiser has drawn one. */
  map?: DecisionMap;
};

/** The room's whole record of a decision but its seals. */
export type Decision = {
  draft: DecisionDraft;
  /** The organiser that drafted it and manages it; null where an admin drafted it. */
  owner: string | null;
  status: DecisionStatus;
  createdAt: number;
  /** The import in force, which opening freezes into the manifest; null before the first. */
  roll: Roll | null;
  /** The map that opening freezes into the manifest; null where the organiser has drawn none. */
  map: DecisionMap | null;
  /** Whether it is decided if a late quorum extends the window; that is at the window's end. */
  isExtensionDecided: boolean;
  /** When the extended window ends, in ms; null where it was not extended. */
  extendedTo: number | null;
  /** How often that end was moved, since not every shard knew of it. */
  extensionMoves: number;
  /** Whether every shard knows of that end: it stands then. */
  isExtensionTold: boolean;
  /**
   * When it really closed, in ms (`sealDecision`); null until that is known, and of what was
   * cancelled.
   */
  closedAt: number | null;
  /** When it was certified, in ms; null until then. */
  certifiedAt: number | null;
  /** When all was forgotten that `retentionDays` names, in ms; null until then. */
  forgottenAt: number | null;
  manifest: Manifest | null;
  manifestHash: string | null;
};
