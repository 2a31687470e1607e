import { expect } from "vitest";
import { send, type Ask } from "./api.ts";

export type ProblemDocument = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: { pointer: string; detail: string }[];
  twins?: { line: number; first_line: number }[];
};

/** Checks that an answer is a whole problem document (RFC 9457) of this status and code, and gives it. */
export async function expectProblem(
  response: Response,
  status: number,
  code: string,
): Promise<ProblemDocument> {
  const text = await response.text();
  expect(response.headers.get("content-type"), text).toBe("application/problem+json");
  const document = JSON.parse(text) as ProblemDocument;
  expect({ http: response.status, code: document.code }, text).toEqual({ http: status, code });
  expect(document.status).toBe(status);
  expect(document.type).toBe(`urn:enviro-governance:problem:${code}`);
  expect(document.title).toMatch(/\S/);
  expect(document.detail).toMatch(/\S/);
  return document;
}

/** Sends a request that must be refused so. */
export async function refused(
  method: string,
  path: string,
  ask: Ask,
  status: number,
  code: string,
): Promise<ProblemDocument> {
  return expectProblem(await send(method, path, ask), status, code);
}
