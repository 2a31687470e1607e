import type { Answer, Ask, LiveMessages } from "../client/routes.ts";

/** Short names for what the page reads of the API. Types only: nothing of this file is served. */

export type Decision = Answer<"GET /api/v1/decisions/{decisionId}">;
export type DecisionPage = Answer<"GET /api/v1/decisions">;
export type DecisionStatus = Decision["status"];
export type Region = Decision["regions"][number];
export type Choice = Ask<"POST /api/v1/voting/cast-vote">["body"]["vote"];
export type Receipt = Answer<"POST /api/v1/voting/cast-vote">;

export type Results = Answer<"GET /api/v1/decisions/{decisionId}/results">;
export type Counts = Extract<Results, { shows: "counts" }>;
/** Who has voted, without how. */
export type TurnoutOnly = Extract<Results, { shows: "turnout" }>;
/** Sealed until the close. */
export type NothingYet = Extract<Results, { shows: "nothing" }>;
export type RegionTally = Counts["regions"][number];
export type Tally = Counts["total"];
/** Who is on the roll and who of them has voted; absent where there is no roll. */
export type Turnout = Pick<Counts, "electorate" | "turnout">;
export type Voted = Pick<TurnoutOnly, "electorate" | "turnout">;

/** A result without its age. */
export type Ageless<Result> = Result extends unknown ? Omit<Result, "age_ms"> : never;
/** What changed between two versions: `regions` holds changed ones only, every figure is absolute. */
export type ResultsDelta = Ageless<LiveMessages["delta"]>;

export type Outcome = Answer<"GET /api/v1/decisions/{decisionId}/outcome">;
export type Requirement = Outcome["requirements"][number];
export type Verdict = Outcome["if_closed_now"];
export type Least = NonNullable<NonNullable<Outcome["forecast"]>["further_yes"]>;

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
