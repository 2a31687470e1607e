import { describe, expect, it } from "vitest";
import * as audit from "../../../../../src/http/contract/audit.ts";
import * as decisions from "../../../../../src/http/contract/decisions.ts";
import * as keys from "../../../../../src/http/contract/keys.ts";
import * as records from "../../../../../src/http/contract/records.ts";
import * as roll from "../../../../../src/http/contract/roll.ts";
import { routeErrorCodes } from "../../../../../src/http/contract/route-error-codes.ts";
import * as voting from "../../../../../src/http/contract/voting.ts";
import { Refusal } from "../../../../../src/web/api/read-api.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";
import { refusalWords, toldCodes } from "../../../../../src/web/organise/running/refusal-words.ts";

/** What is done on these pages. */
const routes = [
  decisions.openDecisionRoute,
  decisions.closeDecisionRoute,
  decisions.cancelDecisionRoute,
  voting.issueTokensRoute,
  voting.revokeTokensRoute,
  voting.castBatchRoute,
  roll.lookUpEligibilityRoute,
  roll.lookUpVoterRoute,
  roll.markRegisterRoute,
  keys.issueStationKeyRoute,
  keys.listStationKeysRoute,
  keys.revokeStationKeyRoute,
  audit.decisionAuditLogRoute,
  audit.rebuildDecisionRoute,
  records.exportVotesRoute,
];

/** The codes of a route's refusals, by the examples of its description. */
function codesOf(responses: object): string[] {
  return Object.values(responses).flatMap((answer: { content?: Record<string, object> }) => {
    const problem = answer.content?.["application/problem+json"] ?? {};
    return "examples" in problem ? Object.keys(problem.examples as object) : [];
  });
}

describe("what is refused where a decision is run", () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "by %s has a sentence of its own, whatever it is",
    (_, route) => {
      const general = new Set<string>(routeErrorCodes({ ...route, errors: [] }));
      const own = codesOf(route.responses).filter((code) => !general.has(code));
      expect(own.filter((code) => !toldCodes.has(code))).toEqual([]);
    },
  );

  const i18n = createI18n("en");
  const wordsOf = (problem: { status: number; code: string; detail?: string }) =>
    refusalWords(i18n, new Refusal(problem));

  it("is looked for where it stands", () => {
    expect(codesOf(decisions.openDecisionRoute.responses)).toContain("roll.missing");
  });

  it("leads on to where it is mended", () => {
    expect(wordsOf({ status: 409, code: "roll.missing" })).toMatchObject({ goTo: "roll" });
    expect(wordsOf({ status: 409, code: "decision.no_end" })).toMatchObject({ goTo: "terms" });
  });

  it("says that somebody is signed out, that it is too much, or that no answer came", () => {
    expect(wordsOf({ status: 401, code: "key.invalid" }).title).toBe("You are signed out");
    expect(wordsOf({ status: 401, code: "session.ended" }).title).toBe("You are signed out");
    expect(wordsOf({ status: 429, code: "x" }).title).toContain("too many requests");
    expect(wordsOf({ status: 500, code: "x" }).title).toBe("The server could not answer");
    expect(refusalWords(i18n, new Error("aborted")).title).toBe("No answer came");
  });

  it("has the server’s own sentence where it is a new one", () => {
    const words = wordsOf({ status: 409, code: "new.one", detail: "Wait for the moon." });
    expect(words).toEqual({ title: "This was refused", text: "Wait for the moon.", goTo: null });
  });
});
