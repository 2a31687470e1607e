import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import { findSchemaFaults, type AnswerSchema, type NamedSchemas } from "./answer-schema.ts";

type Refusal = { description: string; content?: Record<string, Media> };
type Media = { schema?: AnswerSchema; examples?: Record<string, unknown> };
type Answers = Record<string, Refusal | { $ref: string }>;
type Operation = {
  operationId: string;
  security: Record<string, string[]>[];
  requestBody?: { content: Record<string, Media> };
  responses: Answers;
};
export type Described = {
  paths: Record<string, Record<string, Operation>>;
  components: {
    responses: Record<string, Refusal>;
    schemas: NamedSchemas;
    examples: Record<string, { value: unknown }>;
  };
};

let described: Promise<{ document: Described; paths: { pattern: RegExp; path: string }[] }> | null =
  null;

async function readDocument() {
  const response = await exports.default.fetch("https://enviro.example/api/v1/openapi.json");
  const document = await response.json<Described>();
  const paths = Object.keys(document.paths)
    .map((path) => ({ pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`), path }))
    .toSorted((a, b) => placeholders(a.path) - placeholders(b.path));
  return { document, paths };
}

function placeholders(path: string): number {
  return path.split("{").length;
}

/** The refusals of a route by status, whether they stand with it or among the shared ones, with their codes. */
export function refusalsOf(document: Described, answers: Answers) {
  return Object.entries(answers).flatMap(([status, shown]) => {
    const answer = "$ref" in shown ? sharedAnswer(document, shown.$ref) : shown;
    const media = answer.content?.["application/problem+json"];
    if (media === undefined) return [];
    return [{ status, answer, media, codes: Object.keys(media.examples ?? {}) }];
  });
}

function sharedAnswer({ components }: Described, ref: string): Refusal {
  const answer = components.responses[ref.replace("#/components/responses/", "")];
  if (answer === undefined) throw new Error(`${ref} is not in the document`);
  return answer;
}

/**
 * Holds an answer that a test meets against the OpenAPI document: its status, its content type, its
 * body by the schema, the code of a refusal; and against what is promised of all answers.
 */
export async function expectDocumented(request: Request, response: Response): Promise<void> {
  if (response.status !== 101) expectCommonHeaders(request, response);
  const isProblem = mediaTypeOf(response) === "application/problem+json";
  // An answer to HEAD has no body; what broke on our side is no answer that is described.
  if (request.method === "HEAD" || (isProblem && response.status === 500)) return;
  const found = await findOperation(request);
  if (found === null) return;
  const { document, operation, name } = found;
  // Who sends a credential gets nothing that a cache may keep for others.
  const isGuarded = operation.security.length > 0 && !operation.security.some(isNothing);
  if (isGuarded && response.status !== 101)
    expect(response.headers.get("cache-control"), name).toBe("no-store");
  const code = isProblem ? await codeOf(response) : null;
  if (code === "route.not_found") return;
  const shown = operation.responses[response.status];
  const advice = `${name} answers ${response.status} ${code ?? ""}`;
  expect(Object.keys(operation.responses), advice).toContain(String(response.status));
  if (shown === undefined) return;
  const { content = {} } = "$ref" in shown ? sharedAnswer(document, shown.$ref) : shown;
  await expectContent(response, { content, advice, schemas: document.components.schemas });
  const hint = `${advice}: list it in the \`errors\` of that route in src/http/contract`;
  if (code === null) return;
  const listed = content["application/problem+json"]?.examples ?? {};
  expect(Object.keys(listed), hint).toContain(code);
}

function isNothing(requirement: object): boolean {
  return Object.keys(requirement).length === 0;
}

/** What every answer has, of whatever route. */
function expectCommonHeaders(request: Request, { headers, status }: Response): void {
  const name = `${status} of ${request.method} ${request.url}`;
  expect(headers.get("x-content-type-options"), name).toBe("nosniff");
  expect(headers.get("strict-transport-security"), name).toContain("max-age=31536000");
  expect(headers.get("cross-origin-resource-policy"), name).toBe("same-origin");
  expect(headers.get("content-security-policy"), name).toContain("frame-ancestors 'none'");
  expect(headers.get("cache-control"), name).not.toBeNull();
}

function mediaTypeOf({ headers }: Response): string | null {
  return headers.get("content-type")?.split(";")[0]?.trim() ?? null;
}

async function codeOf(response: Response): Promise<string> {
  return (await response.clone().json<{ code: string }>()).code;
}

async function findOperation(request: Request) {
  const { pathname } = new URL(request.url);
  described ??= readDocument();
  const { document, paths } = await described;
  const path = paths.find(({ pattern }) => pattern.test(pathname))?.path;
  const operation = document.paths[path ?? ""]?.[request.method.toLowerCase()];
  if (path === undefined || operation === undefined) return null;
  return { document, operation, name: `${request.method} ${path}` };
}

interface Expected {
  content: Record<string, Media>;
  advice: string;
  schemas: NamedSchemas;
}

async function expectContent(response: Response, { content, advice, schemas }: Expected) {
  const type = mediaTypeOf(response);
  if (Object.keys(content).length === 0) {
    if (response.status !== 101) expect(await response.clone().text(), advice).toBe("");
    return;
  }
  expect(Object.keys(content), advice).toContain(type);
  const schema = content[type ?? ""]?.schema;
  const isJson = type === "application/json" || type === "application/problem+json";
  if (!isJson || schema === undefined || response.headers.has("content-encoding")) return;
  const faults = findSchemaFaults(await response.clone().json(), schema, schemas);
  expect(faults, `${advice} against its schema`).toEqual([]);
}
