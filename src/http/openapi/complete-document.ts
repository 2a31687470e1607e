import { problems, type ProblemCode } from "../problem.ts";
import { examples } from "./examples.ts";
import { ownCodes } from "./own-codes.ts";

type Media = { schema?: unknown; example?: unknown };
type Body = { description?: string; content?: Record<string, Media> };
type Operation = {
  operationId?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string }[];
  requestBody?: Body;
  responses: Record<string, Body>;
};
/** As much of an OpenAPI 3.1 document as is completed here. */
export type Document = { paths: Record<string, Record<string, Operation>> };

/** Adds to the document of the schemas what they do not say: names, groups, an example of each body, and the codes of each refusal. */
export function completeDocument(document: Document): Document {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = `${method.toUpperCase()} ${path}`;
      operation.operationId = idOf(method, path);
      operation.tags = [tagOf(path)];
      operation.security ??= [];
      addCodes(name, operation);
      addExamples(name, operation);
    }
  }
  return document;
}

function idOf(method: string, path: string): string {
  const words = path.replace("/api/v1/", "").match(/\w+/g) ?? [];
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

const tagsByPath: [part: RegExp, tag: string][] = [
  [/audit|audit-log|rebuild/, "Audit"],
  [/vot|token|eligib/, "Voting"],
  [/result|export/, "Results"],
  [/rules/, "Rules"],
  [/keys/, "Keys"],
];

function tagOf(path: string): string {
  const rest = path.replace("/api/v1/", "");
  return tagsByPath.find(([part]) => part.test(rest))?.[1] ?? "Decisions";
}

/** The groups of routes, in the order of a decision's life. */
export const tags = [
  { name: "Decisions", description: "Drafting, opening and ending decisions, and their rolls" },
  { name: "Voting", description: "Ballot tokens, votes, and who may cast them" },
  { name: "Results", description: "Figures, live and final, and exports" },
  { name: "Rules", description: "Judging figures by a rule" },
  { name: "Audit", description: "The record, what was done to it, and the database beside it" },
  { name: "Keys", description: "API keys by role" },
];

function addCodes(name: string, operation: Operation): void {
  const codes = codesOf(name, operation);
  for (const [status, response] of Object.entries(operation.responses)) {
    const media = response.content?.["application/problem+json"];
    if (media === undefined) continue;
    const own = codes.filter((code) => problems[code].status === Number(status));
    const listed = own.map((code) => `\`${code}\``).join(", ");
    operation.responses[status] = {
      description:
        listed === "" ? (response.description ?? "") : `${response.description}: ${listed}`,
      content: { "application/problem+json": { ...media, ...exampleOf(own[0]) } },
    };
  }
}

function exampleOf(code: ProblemCode | undefined): { example?: object } {
  if (code === undefined) return {};
  const { status, title, detail } = problems[code];
  return {
    example: { type: `urn:enviro-governance:problem:${code}`, title, status, detail, code },
  };
}

/** Every code that a route may answer: those that its shape brings with it, and its own. */
function codesOf(name: string, operation: Operation): ProblemCode[] {
  const { parameters = [], security = [], requestBody } = operation;
  const isJson = requestBody?.content?.["application/json"] !== undefined;
  const has = (scheme: string) => security.some((entry) => scheme in entry);
  const takes = (parameter: string) => parameters.some((each) => each.name === parameter);
  const codes: ProblemCode[] = [
    ...(isJson ? bodyCodes : []),
    ...(parameters.some((each) => each.in === "query") ? (["query.invalid"] as const) : []),
    ...(takes("Idempotency-Key") ? (["idempotency.invalid_key"] as const) : []),
    ...(security.length > 0 ? (["credential.missing", "role.forbidden"] as const) : []),
    ...(has("apiKey") ? (["key.invalid"] as const) : []),
    ...(has("ballotToken") ? (["token.invalid", "token.expired"] as const) : []),
    ...(has("idToken") ? (["login.invalid", "login.expired"] as const) : []),
    ...(takes("decisionId") ? (["decision.not_found"] as const) : []),
    ...(takes("region") ? (["region.not_found"] as const) : []),
    ...(takes("shard") ? (["shard.not_found"] as const) : []),
    ...(takes("keyId") ? (["key.not_found"] as const) : []),
  ];
  return [...codes, ...(ownCodes[name] ?? [])];
}

const bodyCodes = [
  "body.not_json",
  "body.duplicate_key",
  "body.too_deep",
  "body.wrong_type",
  "body.unknown_field",
  "body.invalid",
  "body.too_large",
  "body.unsupported_type",
] as const;

function addExamples(name: string, operation: Operation): void {
  const example = examples[name];
  const sent = operation.requestBody?.content?.["application/json"];
  if (sent !== undefined && example?.body !== undefined) sent.example ??= example.body;
  for (const [status, response] of Object.entries(operation.responses)) {
    const shown = response.content?.["application/json"];
    if (shown === undefined || !status.startsWith("2") || example?.answer === undefined) continue;
    shown.example ??= example.answer;
  }
}
