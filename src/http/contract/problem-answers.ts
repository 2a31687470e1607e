import { z, type RouteConfig } from "@hono/zod-openapi";
import { problems, type ProblemCode } from "../problems/problems.ts";

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    twins: z.array(z.object({ line: z.int(), first_line: z.int() })).optional(),
    receipt: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi("Problem");

/** The answers with which a route refuses: one a status, with an example of each code. */
export function problemAnswers(codes: readonly ProblemCode[]): RouteConfig["responses"] {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [
      status,
      {
        description: `${statusTitles[status] ?? "Refused"}: ${own.map((code) => `\`${code}\``).join(", ")}`,
        content: {
          "application/problem+json": {
            schema: problemSchema,
            examples: Object.fromEntries(own.map((code) => [code, { $ref: exampleRef(code) }])),
          },
        },
      },
    ]),
  );
}

/** Where openapi/problem-components.ts puts the example of a code. */
function exampleRef(code: ProblemCode): string {
  return `#/components/examples/${code}`;
}

const statusTitles: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "No valid credential",
  403: "The credential may not do that",
  404: "Not found",
  409: "Not in this state",
  412: "Not as it was when it was read",
  413: "Too large",
  415: "A type or encoding that is not read",
  422: "Not possible for this decision",
  426: "An upgrade to WebSocket is needed",
  429: "Too many requests for now",
  503: "Not now; repeating is safe",
};
