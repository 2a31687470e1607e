import { exports } from "cloudflare:workers";
import { expect } from "vitest";

type Refusal = { description: string; content?: Record<string, Media> };
type Media = { schema?: { $ref?: string }; examples?: Record<string, unknown> };
type Answers = Record<string, Refusal | { $ref: string }>;
export type Described = {
  paths: Record<string, Record<string, { operationId: string; responses: Answers }>>;
  components: { responses: Record<string, Refusal>; examples: Record<string, { value: unknown }> };
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

/** Holds every refusal that a test meets against the OpenAPI document, which must list its code for that route and status. */
export async function expectDocumented(request: Request, response: Response): Promise<void> {
  const isProblem = response.headers.get("content-type") === "application/problem+json";
  // An answer to HEAD has no body to tell its code.
  if (!isProblem || response.status === 500 || request.method === "HEAD") return;
  const { code } = await response.clone().json<{ code: string }>();
  const { pathname } = new URL(request.url);
  described ??= readDocument();
  const { document, paths } = await described;
  const path = paths.find(({ pattern }) => pattern.test(pathname))?.path;
  const operation = document.paths[path ?? ""]?.[request.method.toLowerCase()];
  if (path === undefined || operation === undefined || code === "route.not_found") return;
  const listed = refusalsOf(document, operation.responses).flatMap(({ status, codes }) =>
    codes.map((each) => `${status} ${each}`),
  );
  const name = `${request.method} ${path}`;
  const advice = `${name} answers ${code}: list it in the \`errors\` of that route in src/http/contract`;
  expect(listed, advice).toContain(`${response.status} ${code}`);
}
