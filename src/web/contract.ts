import type { Answer, Ask, LiveMessages } from "../client/routes.ts";

/** Short names for what the page reads of the API. Types only: nothing of this file is served. */

export type ApiDecision = Answer<"GET /api/v1/decisions/{decisionId}">;
export type DecisionPage = Answer<"GET /api/v1/decisions">;
/** A decision as the list has it. */
export type ApiListedDecision = DecisionPage["items"][number];
export type ApiDecisionStatus = ApiDecision["status"];
export type ApiRegion = ApiDecision["regions"][number];
export type ApiChoice = Ask<"POST /api/v1/voting/cast-vote">["body"]["vote"];
export type ApiReceipt = Answer<"POST /api/v1/voting/cast-vote">;
export type ApiSigningKey = Answer<"GET /.well-known/enviro-governance/keys">["keys"][number];

/** The session of this browser, and where one may sign in besides with a key. */
export type SessionState = Answer<"GET /api/v1/session">;

export type ApiResults = Answer<"GET /api/v1/decisions/{decisionId}/results">;
export type Counts = Extract<ApiResults, { shows: "counts" }>;
/** Who has voted, without how. */
export type TurnoutOnly = Extract<ApiResults, { shows: "turnout" }>;
/** Sealed until the close. */
export type NothingYet = Extract<ApiResults, { shows: "nothing" }>;
export type ApiRegionTally = Counts["regions"][number];
export type ApiTally = Counts["total"];
/** Who is on the roll and who of them has voted; absent where there is no roll. */
export type Turnout = Pick<Counts, "electorate" | "turnout">;
export type Voted = Pick<TurnoutOnly, "electorate" | "turnout">;

/** A result without its age. */
export type Ageless<Result> = Result extends unknown ? Omit<Result, "age_ms"> : never;
/**
 * What changed between two versions: `regions` holds changed ones only, every figure is absolute.
 */
export type ResultsDelta = Ageless<LiveMessages["delta"]>;

/** How turnout grew. */
export type TurnoutSeries = Answer<"GET /api/v1/decisions/{decisionId}/turnout">;

export type ApiOutcome = Answer<"GET /api/v1/decisions/{decisionId}/outcome">;
export type ApiRequirement = ApiOutcome["requirements"][number];
export type ApiVerdict = ApiOutcome["if_closed_now"];
export type Least = NonNullable<NonNullable<ApiOutcome["forecast"]>["further_yes"]>;

/** A counted ballot of a certified decision: what of it is there depends on the disclosure. */
export type PublishedVote = {
  ballot_hash: string;
  choice?: ApiChoice;
  k?: string;
  c?: string;
  region?: string | null;
  weight?: number | null;
  u?: string | null;
  name?: string | null;
  statement?: string | null;
};
export type VotesPage = {
  page: number;
  pages: number;
  next: number | null;
  size: number;
  first: number;
  items: PublishedVote[];
};
export type ReceivedPage = Answer<"GET /api/v1/decisions/{decisionId}/votes/received">;

/** What a search finds: decisions as the list has them, and where the words are in them. */
export type SearchPage = Answer<"GET /api/v1/search/decisions">;
export type FoundDecision = SearchPage["items"][number];
export type ApiHighlight = FoundDecision["highlights"][number];
export type ApiFacets = NonNullable<SearchPage["facets"]>;
/** How many have a value. */
export type ApiFacet = ApiFacets["status"];

export type ApiStatistics = Answer<"GET /api/v1/stats">;
export type ApiDecisionStatistics = Answer<"GET /api/v1/decisions/{decisionId}/stats">;
/** Whether what follows from the record still agrees with it. */
export type ApiStatus = Answer<"GET /api/v1/status">;
/** Ballots of certified decisions, as far as they were published with their choices. */
export type PublishedBallots = ApiStatistics["ballots"];
export type ApiChoiceCounts = PublishedBallots["total"];

export type ApiRule = Answer<"GET /api/v1/decisions/{decisionId}/rule">;

/** What was done to a decision since its opening. */
export type EventsPage = Answer<"GET /api/v1/decisions/{decisionId}/events">;
export type ApiEvent = EventsPage["entries"][number];

/** RFC 9457, with a stable dotted code. */
export type ApiProblem = {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code: string;
  /** The members that are refused, by JSON pointer (RFC 6901). */
  errors?: readonly { pointer: string; detail: string }[];
  /** Rows of a roll that name a voter again, and where the voter was named first. */
  twins?: readonly { line: number; first_line: number }[];
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
export type ApiAnswer = ApiBody & { description: string };
export type ApiReference = { $ref: string };
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string }[];
  requestBody?: ApiBody;
  responses: Record<string, ApiAnswer | ApiReference>;
};
export type ApiDocument = {
  info: { description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas?: Record<string, ApiSchema>;
    responses?: Record<string, ApiAnswer>;
    securitySchemes: Record<string, { description: string }>;
  };
};
