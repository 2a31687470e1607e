import type { ApiProblem } from "../contract.ts";
import type { ReadApi } from "../server/render-request.ts";

export type { ReadApi } from "../server/render-request.ts";

/** How long an answer may take. */
export const readTimeoutMs = 15_000;

/** The server answered with a refusal; `problem` says which (RFC 9457). */
export class Refusal extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.problem = problem;
  }
}

/**
 * Asks past the browser's cache: a result revalidated there would come with the age that it had when
 * it was stored, and look fresher than it is.
 */
export const readFromBrowser: ReadApi = (path, signal) => {
  const timeout = AbortSignal.timeout(readTimeoutMs);
  return fetch(path, {
    cache: "no-store",
    credentials: "omit",
    headers: { accept: "application/json" },
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
};

/**
 * A public resource. Throws a `Refusal` for an answer that is one, and whatever `ask` throws when no
 * answer came.
 */
export async function readResource<Resource>(
  ask: ReadApi,
  path: string,
  signal?: AbortSignal,
): Promise<Resource> {
  const response = await ask(path, signal);
  if (!response.ok) throw new Refusal(await readProblem(response));
  // The contract fixes the shape of each resource, and its server validates it in tests.
  return (await response.json()) as Resource;
}

/**
 * The problem document of a refusal; where something in between answered with something else, one
 * made from the status.
 */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const unnamed = { status: response.status, code: "unknown", title: response.statusText };
  if (!/\bjson\b/.test(response.headers.get("content-type") ?? "")) return unnamed;
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? { ...body, status: response.status } : unnamed;
}

function isProblem(body: unknown): body is ApiProblem {
  return (
    typeof body === "object" && body !== null && "code" in body && typeof body.code === "string"
  );
}
