/** The part of the HTTP contract that the page reads. Types only: nothing of this file is served. */

export type Choice = "yes" | "no" | "abstain";
export type DecisionStatus =
  | "draft"
  | "scheduled"
  | "open"
  | "closing"
  | "closed"
  | "certified"
  | "cancelled";
export type RevotePolicy = "final" | "revisable";
/** What everybody sees before the close. */
export type Visibility = "live" | "turnout" | "sealed";

export type Region = { code: string; name: string };

export type Decision = {
  id: string;
  title: string;
  description: string;
  status: DecisionStatus;
  revote_policy: RevotePolicy;
  /** `open`: whoever holds a valid token; `roll`: the voters of an imported list. */
  electorate: "open" | "roll";
  roll: (Voters & { import: number; hash: string }) | null;
  regions: Region[];
  shards: number;
  weight_max: number;
  visibility: Visibility;
  /** Regions with fewer counted ballots are shown together; 0 shows each by itself. */
  small_cells_min: number;
  opens_at: string | null;
  closes_at: string | null;
  /** When it really closed; null until then, and of what was cancelled. */
  closed_at: string | null;
  created_at: string;
  manifest_hash: string | null;
};

export type DecisionPage = { items: Decision[]; next: string | null };

/** Ballots of one choice; the weight is a decimal string, since it can pass 2^53. */
export type Count = { ballots: number; weight: string };
export type Tally = Record<Choice, Count> & Count;

export type Voters = { voters: number; weight: string };
/** Who is on the roll and who of them has voted; absent where there is no roll. */
export type Turnout = { electorate?: Voters; turnout?: Voters };
export type RegionTally = Tally & Turnout & { region: string };

type ResultHead = {
  decision_id: string;
  status: DecisionStatus;
  version: number;
  final: boolean;
  as_of: string;
  age_ms: number;
  visibility: Visibility;
};

export type Counts = ResultHead &
  Turnout & {
    shows: "counts";
    total: Tally;
    regions: RegionTally[];
    /** Small regions, as one. */
    other_regions?: Tally & Turnout & { codes: string[] };
  };

export type Voted = { electorate?: Voters; turnout: Voters };
/** Who has voted, without how. */
export type TurnoutOnly = ResultHead &
  Voted & {
    shows: "turnout";
    regions: (Voted & { region: string })[];
    other_regions?: Voted & { codes: string[] };
  };

/** Sealed until the close. */
export type NothingYet = ResultHead & { shows: "nothing" };

export type Results = Counts | TurnoutOnly | NothingYet;

/** A result without its age. */
export type Ageless<Result> = Result extends Results ? Omit<Result, "age_ms"> : never;
/** An exact figure as text: `"41"` or `"17/2"`. */
export type Figure = string;
type Finding = {
  met: boolean;
  sentence: string;
  bound: "at_least" | "more_than" | "at_most" | "less_than" | null;
  actual: Figure | null;
  base: Figure | null;
  threshold: Figure | null;
  needed: Figure | null;
};
export type Requirement = Finding & { id: string; quorum: boolean };
export type Least = {
  result: "met" | "found" | "impossible" | "unknown";
  votes: string | null;
  at_least: string | null;
  exact: boolean;
  regions: { region: string; votes: string }[];
};
export type Verdict = "carried" | "not_carried" | "no_quorum" | "tie";

/** What the decision's rule says of its votes: live while it is open, for ever once it is final. */
export type Outcome = {
  decision_id: string;
  version: number;
  final: boolean;
  outcome: Verdict | "undecided";
  if_closed_now: Verdict;
  sentence: string;
  requirements: Requirement[];
  forecast: {
    counted_by: "ballots" | "weight";
    certainty: "carried" | "lost" | "open";
    further_yes: Least | null;
    no_to_yes: Least | null;
    yes_to_no: Least | null;
  } | null;
  rule: { title?: string; requirements?: unknown };
};

/** What changed between two versions: `regions` holds changed ones only, every figure is absolute. */
export type ResultsDelta = Ageless<Counts | TurnoutOnly> & { from: number };

export type Receipt = {
  decision_id: string;
  shard: number;
  /** Null in a sealed decision. */
  seq: number | null;
  ballot_hash: string;
  accepted_at: string;
};

/** RFC 9457, with a stable dotted code. */
export type Problem = {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code: string;
  receipt?: Receipt;
};

/** As much of the OpenAPI document as the page about the API shows. */
export type ApiSchema = {
  $ref?: string;
  allOf?: ApiSchema[];
  anyOf?: ApiSchema[];
  oneOf?: ApiSchema[];
  properties?: Record<string, ApiSchema>;
  items?: ApiSchema;
  enum?: (string | number)[];
  type?: string | string[];
};
export type ApiBody = { content?: Record<string, { schema?: ApiSchema; example?: unknown }> };
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string }[];
  requestBody?: ApiBody;
  responses: Record<string, ApiBody & { description: string }>;
};
export type ApiDocument = {
  info: { description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas?: Record<string, ApiSchema>;
    securitySchemes: Record<string, { description: string }>;
  };
};
