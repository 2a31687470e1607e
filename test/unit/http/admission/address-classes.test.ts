import { describe, expect, it } from "vitest";
import { addressClassOf } from "../../../../src/http/admission/address-classes.ts";
import * as audit from "../../../../src/http/contract/audit.ts";
import * as deadLetters from "../../../../src/http/contract/dead-letters.ts";
import * as decisions from "../../../../src/http/contract/decisions.ts";
import * as keys from "../../../../src/http/contract/keys.ts";
import * as outcome from "../../../../src/http/contract/outcome.ts";
import * as plan from "../../../../src/http/contract/plan.ts";
import * as receiptKeys from "../../../../src/http/contract/receipt-keys.ts";
import * as records from "../../../../src/http/contract/records.ts";
import * as results from "../../../../src/http/contract/results.ts";
import * as roll from "../../../../src/http/contract/roll.ts";
import * as rules from "../../../../src/http/contract/rules.ts";
import * as search from "../../../../src/http/contract/search.ts";
import * as voting from "../../../../src/http/contract/voting.ts";

type Described = Parameters<typeof addressClassOf>[0] & { responses: Record<string, object> };

const parts = [
  audit,
  deadLetters,
  decisions,
  keys,
  outcome,
  plan,
  receiptKeys,
  records,
  results,
  roll,
  rules,
  search,
  voting,
];

const routes = parts.flatMap((part) =>
  Object.values(part).filter((member): member is Described => {
    const isObject = typeof member === "object" && member !== null;
    return isObject && "responses" in member && "path" in member;
  }),
);

function namesOf(kind: string | null): string[] {
  const found = routes.filter((route) => addressClassOf(route) === kind);
  return found.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted();
}

describe("what is counted by address", () => {
  it("is what anybody may ask, by what it costs", () => {
    expect(namesOf("list")).toEqual([
      "GET /api/v1/decisions",
      "GET /api/v1/decisions/{decisionId}/stats",
      "GET /api/v1/decisions/{decisionId}/votes/received",
      "GET /api/v1/regions/{region}/results",
      "GET /api/v1/search/decisions",
      "GET /api/v1/stats",
    ]);
    expect(namesOf("watch")).toEqual([
      "GET /api/v1/decisions/{decisionId}/results/socket",
      "GET /api/v1/decisions/{decisionId}/results/stream",
    ]);
    expect(namesOf("export")).toEqual(["GET /api/v1/decisions/{decisionId}/export"]);
    expect(namesOf("evaluate")).toEqual(["POST /api/v1/plan", "POST /api/v1/rules/evaluate"]);
  });

  it("is every other route without a needed credential, as a read", () => {
    const open = routes.filter(
      ({ security = [] }) =>
        security.length === 0 || security.some((each) => !Object.keys(each)[0]),
    );
    const others = ["list", "watch", "export", "evaluate"].flatMap(namesOf);
    expect(namesOf("read")).toHaveLength(open.length - others.length);
    expect(namesOf("read")).toContain("GET /api/v1/decisions/{decisionId}/results");
  });

  it("is nothing that needs a login, token or key, which are counted themselves", () => {
    expect(namesOf("exchange")).toEqual([]);
    expect(namesOf(null)).toContain("POST /api/v1/decisions/{decisionId}/tokens/exchange");
    expect(namesOf(null)).toContain("POST /api/v1/voting/cast-vote");
    expect(namesOf(null)).toContain("POST /api/v1/decisions/{decisionId}/votes/batch");
  });
});

it("every route says in the contract that it may be refused for now", () => {
  const silent = routes.filter(({ responses }) => responses["429"] === undefined);
  expect(silent.map(({ path }) => path)).toEqual([]);
  expect(routes.length).toBeGreaterThan(40);
});
