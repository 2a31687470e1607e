import type { z } from "zod";
import type * as administration from "../http/contract/administration.ts";
import type * as audit from "../http/contract/audit.ts";
import type * as backup from "../http/contract/backup.ts";
import type * as deadLetters from "../http/contract/dead-letters.ts";
import type * as ballotSocket from "../http/contract/ballot-socket.ts";
import type * as decisions from "../http/contract/decisions.ts";
import type * as keys from "../http/contract/keys.ts";
import type * as map from "../http/contract/map.ts";
import type * as outcome from "../http/contract/outcome.ts";
import type * as plan from "../http/contract/plan.ts";
import type * as receiptKeys from "../http/contract/receipt-keys.ts";
import type * as records from "../http/contract/records.ts";
import type * as reindex from "../http/contract/reindex.ts";
import type * as recovery from "../http/contract/recovery.ts";
import type * as results from "../http/contract/results.ts";
import type * as roll from "../http/contract/roll.ts";
import type * as rules from "../http/contract/rules.ts";
import type * as search from "../http/contract/search.ts";
import type * as status from "../http/contract/status.ts";
import type * as session from "../http/contract/session.ts";
import type * as voting from "../http/contract/voting.ts";

// The types of the API, inferred from the schemas that check its requests. There is nothing here at
// run time.

type Parts =
  | typeof administration
  | typeof audit
  | typeof backup
  | typeof deadLetters
  | typeof ballotSocket
  | typeof decisions
  | typeof keys
  | typeof map
  | typeof outcome
  | typeof plan
  | typeof receiptKeys
  | typeof records
  | typeof recovery
  | typeof reindex
  | typeof results
  | typeof roll
  | typeof rules
  | typeof search
  | typeof session
  | typeof status
  | typeof voting;
type MemberOf<Part> = Part extends unknown ? Part[keyof Part] : never;
type Route = Extract<MemberOf<Parts>, { method: string; path: string; responses: object }>;
type NameOf<Each> = Each extends Route ? `${Uppercase<Each["method"]>} ${Each["path"]}` : never;

/** Every route by its method and path, as the OpenAPI document writes them. */
export type RouteName = NameOf<Route>;
/** Tables, so that the compiler works out each route once, not again at every call. */
type RouteTable = { [Each in Route as NameOf<Each>]: Each };

type KeyedNameOf<Each> = Each extends { parameters: readonly { name: "Idempotency-Key" }[] }
  ? NameOf<Each>
  : never;
/** Routes that take an Idempotency-Key. */
export type KeyedRouteName = KeyedNameOf<Route>;

type Shown<Schema> = Schema extends z.ZodType ? z.output<Schema> : never;
type Written<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;

type PathOf<Each> = Each extends { request: { params: infer Schema } }
  ? { path: { [Name in keyof Shown<Schema>]: string | number } }
  : { path?: never };
type QueryOf<Each> = Each extends { request: { query: infer Schema } }
  ? { query?: Partial<Shown<Schema>> }
  : { query?: never };
/** What is not JSON is an upload, whose type says what it is. */
type BodyOf<Each> = Each extends { request: { body: { content: infer Content } } }
  ? Content extends { "application/json": { schema: infer Schema } }
    ? { body: Written<Schema> }
    : { body: Blob }
  : { body?: never };

type KeyOf<Name> = Name extends KeyedRouteName
  ? { idempotencyKey?: string }
  : { idempotencyKey?: never };

/**
 * What a call to a route needs. A vote of a roll call may have an Idempotency-Key instead of a
 * nonce; without either its own words make a repeat known.
 */
export type Ask<Name extends RouteName> = AskTable[Name];
type AskTable = {
  [Name in RouteName]: PathOf<RouteTable[Name]> &
    QueryOf<RouteTable[Name]> &
    BodyOf<RouteTable[Name]> &
    KeyOf<Name>;
};

type AnswerOf<Response> = Response extends {
  content: { "application/json": { schema: infer Schema } };
}
  ? Shown<Schema>
  : Response extends { content: { "text/csv": { schema: infer Schema } } }
    ? Shown<Schema>
    : never;
type AnswerOfRoute<Each> = Each extends { responses: infer Responses }
  ? {
      [Status in keyof Responses]: Status extends 200 | 201 ? AnswerOf<Responses[Status]> : never;
    }[keyof Responses]
  : never;

/** What a route answers when it does what it was asked for; null where it has nothing to say. */
export type Answer<Name extends RouteName> = AnswerTable[Name];
type AnswerTable = {
  [Name in RouteName]: [AnswerOfRoute<RouteTable[Name]>] extends [never]
    ? null
    : AnswerOfRoute<RouteTable[Name]>;
};

/** What a voter's socket tells where the window is extended. */
export type ShownExtension = z.input<typeof ballotSocket.extensionMessageSchema>;

/** What the live results tell: whole results as `state`, and between them what changed. */
export type LiveMessages = {
  state: Answer<"GET /api/v1/decisions/{decisionId}/results">;
  delta: Shown<typeof results.resultDeltaSchema>;
};
