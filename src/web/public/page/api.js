/** @import { ApiProblem } from "../../contract.ts" */

const readTimeoutMs = 15_000;

/** The server answered with a refusal; `problem` says which (RFC 9457). */
export class Refusal extends Error {
  /** @param {ApiProblem} problem */
  constructor(problem) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.problem = problem;
  }
}

/**
 * Reads a public resource, past the browser's cache: a result revalidated there would come with the
 * age that it had when it was stored, and look fresher than it is. Throws a `Refusal` for an answer
 * that is one, and whatever fetch throws when no answer came.
 * @template Resource
 * @param {string} path
 * @returns {Promise<Resource>}
 */
export async function read(path) {
  const response = await fetch(path, {
    cache: "no-store",
    credentials: "omit",
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(readTimeoutMs),
  });
  if (!response.ok) throw new Refusal(await readProblem(response));
  // The contract fixes the shape of each resource, and its server validates it in tests.
  return /** @type {Promise<Resource>} */ (response.json());
}

/**
 * The problem document of a refusal; where something in between answered with something else, one
 * made from the status.
 * @param {Response} response
 * @returns {Promise<ApiProblem>}
 */
export async function readProblem(response) {
  const unnamed = { status: response.status, code: "unknown", title: response.statusText };
  if (!isJson(response)) return unnamed;
  const body = await response.json().catch(() => null);
  return isProblem(body) ? { ...body, status: response.status } : unnamed;
}

/** @param {Response} response */
function isJson(response) {
  return /\bjson\b/.test(response.headers.get("content-type") ?? "");
}

/**
 * @param {unknown} body
 * @returns {body is ApiProblem}
 */
function isProblem(body) {
  return (
    typeof body === "object" && body !== null && "code" in body && typeof body.code === "string"
  );
}
