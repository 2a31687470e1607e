import { exports } from "cloudflare:workers";
import { expect } from "vitest";

type Described = Record<
  string,
  Record<string, { responses: Record<string, { description: string }> }>
>;

let described: Promise<{ pattern: RegExp; path: string; operations: Described[string] }[]> | null =
  null;

async function readPaths() {
  const response = await exports.default.fetch("https://enviro.example/api/v1/openapi.json");
  const { paths } = await response.json<{ paths: Described }>();
  return Object.entries(paths)
    .map(([path, operations]) => ({
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
      path,
      operations,
    }))
    .toSorted((a, b) => placeholders(a.path) - placeholders(b.path));
}

function placeholders(path: string): number {
  return path.split("{").length;
}

/** Holds every refusal that a test meets against the OpenAPI document, which must list its code for that route and status. */
export async function expectDocumented(request: Request, response: Response): Promise<void> {
  const isProblem = response.headers.get("content-type") === "application/problem+json";
  // An answer to HEAD has no body to tell its code.
  if (!isProblem || response.status === 500 || request.method === "HEAD") return;
  const { code } = await response.clone().json<{ code: string }>();
  const { pathname } = new URL(request.url);
  described ??= readPaths();
  const route = (await described).find(({ pattern }) => pattern.test(pathname));
  const operation = route?.operations[request.method.toLowerCase()];
  if (route === undefined || operation === undefined || code === "route.not_found") return;
  const description = operation.responses[response.status]?.description ?? "";
  const name = `${request.method} ${route.path}`;
  const advice = `${name} answers ${code}: list it in src/http/openapi/own-codes.ts, and ${response.status} in the contract`;
  expect(description, advice).toContain(`\`${code}\``);
}
