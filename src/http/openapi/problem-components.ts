import { Problem, toProblemDocument } from "../problem.ts";
import { problems, type ProblemCode } from "../problems/problems.ts";
import type { OpenApiBody, OpenApiDocument } from "./document.ts";

/** Answers of more codes than this stay with their route: a name made of them would be too long. */
const sharedCodesMax = 3;

/**
 * Moves to a document's components what its refusals share: an example of each code, and every
 * answer of few codes that more than one route gives.
 */
export function shareProblems(document: OpenApiDocument): void {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const refusals = operations.flatMap(({ responses }) => refusalsIn(responses));
  const codes = new Set(refusals.flatMap((refusal) => refusal.codes));
  document.components.examples = Object.fromEntries(
    [...codes].map((code) => [code, { value: toProblemDocument(new Problem(code)) }]),
  );
  const byName = Map.groupBy(refusals, ({ name }) => name);
  document.components.responses = {};
  for (const [name, [first, ...others]] of byName) {
    if (first === undefined || others.length === 0 || first.codes.length > sharedCodesMax) continue;
    document.components.responses[name] = first.answer;
    for (const { responses, status } of [first, ...others]) {
      responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
}

interface Refusal {
  name: string;
  responses: Record<string, OpenApiBody>;
  status: string;
  answer: OpenApiBody;
  codes: ProblemCode[];
}

function refusalsIn(responses: Record<string, OpenApiBody>): Refusal[] {
  return Object.entries(responses).flatMap(([status, answer]) => {
    const examples = answer.content?.["application/problem+json"]?.examples;
    if (examples === undefined) return [];
    const codes = Object.keys(examples).filter(isCode);
    return [{ name: [status, ...codes].join("-"), responses, status, answer, codes }];
  });
}

function isCode(name: string): name is ProblemCode {
  return Object.hasOwn(problems, name);
}
