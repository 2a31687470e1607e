import { z } from "zod";
import { ContractError } from "../../client/client-errors.ts";
import type { RouteName } from "../../client/routes.ts";
import * as administration from "../../http/contract/administration.ts";
import * as audit from "../../http/contract/audit.ts";
import * as backup from "../../http/contract/backup.ts";
import * as deadLetters from "../../http/contract/dead-letters.ts";
import * as decisions from "../../http/contract/decisions.ts";
import * as keys from "../../http/contract/keys.ts";
import * as map from "../../http/contract/map.ts";
import * as outcome from "../../http/contract/outcome.ts";
import * as plan from "../../http/contract/plan.ts";
import * as receiptKeys from "../../http/contract/receipt-keys.ts";
import * as records from "../../http/contract/records.ts";
import * as reindex from "../../http/contract/reindex.ts";
import * as recovery from "../../http/contract/recovery.ts";
import * as results from "../../http/contract/results.ts";
import * as roll from "../../http/contract/roll.ts";
import * as rules from "../../http/contract/rules.ts";
import * as search from "../../http/contract/search.ts";
import * as status from "../../http/contract/status.ts";
import * as session from "../../http/contract/session.ts";
import * as voting from "../../http/contract/voting.ts";

type Answering = {
  method: string;
  path: string;
  responses: Record<number, { content?: Record<string, { schema?: unknown }> }>;
};

const parts = [
  administration,
  audit,
  backup,
  deadLetters,
  decisions,
  keys,
  map,
  outcome,
  plan,
  receiptKeys,
  records,
  recovery,
  reindex,
  results,
  roll,
  rules,
  search,
  status,
  session,
  voting,
];
const schemas = new Map(parts.flatMap((part) => Object.values<unknown>(part).flatMap(schemaOf)));

/** The schema of what a route answers with; null where that has no body. */
function schemaOf(value: unknown): [name: string, z.ZodType][] {
  if (!isAnswering(value)) return [];
  const { method, path, responses } = value;
  const name = `${method.toUpperCase()} ${path}`;
  const content = (responses[200] ?? responses[201] ?? responses[202] ?? responses[204])?.content;
  if (content === undefined) return [[name, z.null()]];
  const { schema } = content["application/json"] ?? content["text/csv"] ?? {};
  return schema instanceof z.ZodType ? [[name, schema]] : [];
}

function isAnswering(value: unknown): value is Answering {
  return typeof value === "object" && value !== null && "path" in value && "responses" in value;
}

/**
 * Holds an answer against the contract: whoever audits an instance does not trust its answers.
 * @throws {ContractError} the answer is not what the contract says, or the contract has no such answer
 */
export function checkAnswer(name: RouteName, answer: unknown): void {
  const schema = schemas.get(name);
  if (schema === undefined) throw new ContractError(name, "it names no answer of this route");
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new ContractError(name, z.prettifyError(parsed.error));
}
