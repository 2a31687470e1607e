import type { Hook } from "@hono/zod-openapi";
import type { Env } from "hono";
import type { z } from "zod";
import { notFoundCodeOf } from "../contract/path-parameters.ts";
import { Problem } from "../problem.ts";
import type { ProblemCode } from "../problems/problems.ts";

type Issue = z.core.$ZodIssue;

/** Refuses what a route's schema refuses. */
export const refuseInvalid: Hook<unknown, Env, string, void> = (result) => {
  if (!result.success) throw invalid(result.target, result.error.issues);
};

/** The value as a schema reads it. @throws {Problem} as a route's own validator would */
export function parseInput<Schema extends z.ZodType>(
  target: "json" | "param",
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(target, parsed.error.issues);
}

/** What a schema refuses, as a problem; `errors` names every member by JSON pointer (RFC 6901). */
function invalid(target: string, found: readonly Issue[]): Problem {
  const issues = found.flatMap(meantForm);
  return new Problem(codeOf(target, issues), {
    errors: issues.map((issue) => ({ pointer: pointerTo(issue), detail: issue.message })),
  });
}

/** Where a value may have several forms: what is wrong with the first that has its type. */
function meantForm(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const hasType = (faults: readonly Issue[]) =>
    !faults.some(({ code, path }) => code === "invalid_type" && path.length === 0);
  const meant = issue.errors.find(hasType) ?? issue.errors[0] ?? [];
  return meant.flatMap((fault) => meantForm({ ...fault, path: [...issue.path, ...fault.path] }));
}

function codeOf(target: string, issues: readonly Issue[]): ProblemCode {
  const [issue] = issues;
  const member = issue?.path.at(-1);
  if (target === "param") return notFoundCodeOf(String(member));
  if (target === "query") return "query.invalid";
  if (issues.some(({ code }) => code === "unrecognized_keys")) return "body.unknown_field";
  if (member === "vote") return "vote.invalid_choice";
  if (member === "voter_id") return "voter.invalid_id";
  if (issues.some(({ code }) => code === "invalid_type")) return "body.wrong_type";
  return "body.invalid";
}

function pointerTo(issue: Issue): string {
  const path =
    issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path;
  return path
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
