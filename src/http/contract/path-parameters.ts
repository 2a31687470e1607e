import type { ProblemCode } from "../problems/problems.ts";

const notFoundCodes: Readonly<Record<string, ProblemCode>> = {
  decisionId: "decision.not_found",
  region: "region.not_found",
  shard: "shard.not_found",
  keyId: "key.not_found",
  deadLetterId: "dead_letter.not_found",
};

/** The code of a path whose parameter names nothing, whether or not it could be a name. */
export function notFoundCodeOf(parameter: string): ProblemCode {
  return notFoundCodes[parameter] ?? "route.not_found";
}
