import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choices } from "../../../src/ballot/ballot.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import { disclosures } from "../../../src/decision/decision.ts";
import { openIndependently, modelKeys, proofOf } from "../../support/independent-opening.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { requestOf } from "../../support/request-of.ts";
import { disclosureArbitrary, requestArbitrary, termsFor } from "./election-arbitraries.ts";
import { ShardModel } from "./shard-model.ts";

const policyArbitrary = fc.constantFrom("final" as const, "revisable" as const);
/** With nonces of their own, as the voters' devices draw them; a change is proven where it can be. */
const earlierArbitrary = fc.array(requestArbitrary, { maxLength: 12 }).map((requests) => {
  const newest = new Map<string, string>();
  return requests.map((request, index) => {
    const nonce = labelNonce(`own ${index}`);
    const before = newest.get(request.pid);
    newest.set(request.pid, nonce);
    const proof = before === undefined ? null : proofOf({ pid: request.pid, nonce: before });
    return { ...request, nonce, proof };
  });
});
/** They know no nonce of a voter and no r; some come with a login, some as a station. */
const strangersArbitrary = fc
  .array(requestArbitrary, { maxLength: 6 })
  .map((requests) =>
    requests.map((request, index) => ({ ...request, nonce: labelNonce(`strange ${index}`) })),
  );

/** The same of another mind; whether a vote was taken back is turnout, not choice. */
function otherwise(request: CastRequest, choice: CastRequest["choice"]): CastRequest {
  return request.choice === "withdrawn" ? request : { ...request, choice };
}

const vote = requestOf({ region: "north" });

describe("castMany, in every disclosure", () => {
  it("answers whoever knows no nonce of a voter the same, however that voter has voted", () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        disclosureArbitrary,
        earlierArbitrary,
        fc.array(fc.constantFrom(...choices), { minLength: 12, maxLength: 12 }),
        strangersArbitrary,
        (policy, disclosure, earlier, others, strangers) => {
          const [one, other] = [0, 1].map(() => new ShardModel(termsFor(policy, disclosure)));
          one?.cast(earlier);
          other?.cast(earlier.map((request, at) => otherwise(request, others[at] ?? "yes")));
          expect(other?.cast(strangers)).toEqual(one?.cast(strangers));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(disclosures)("gives no receipt with a refusal of a %s decision", (disclosure) => {
    const shard = new ShardModel(termsFor("final", disclosure));
    shard.cast([vote]);
    const refusals = shard.cast([
      { ...vote, nonce: labelNonce("another") },
      { ...vote, choice: "no" },
      { ...vote, choice: "withdrawn", nonce: labelNonce("another") },
    ]);
    expect(refusals).toEqual(
      ["vote.already_cast", "vote.nonce_reused", "vote.final"].map((code) => ({
        kind: "refused",
        code,
      })),
    );
  });

  it.each(disclosures)(
    "gives the receipt of a %s decision again to whoever repeats the request, after the seal too",
    (disclosure) => {
      const shard = new ShardModel(termsFor("final", disclosure));
      const [accepted] = shard.cast([vote]);
      const [repeated] = shard.cast([vote], { now: 9_999, isSealed: true });
      expect(repeated).toEqual({ ...accepted, kind: "repeated" });
    },
  );

  it("refuses a withdrawal without proof alike with and without a ballot", () => {
    const shard = new ShardModel(termsFor("revisable"));
    shard.cast([vote]);
    const withdrawal = { ...vote, choice: "withdrawn", nonce: labelNonce("another") } as const;
    const asked = [withdrawal, { ...withdrawal, pid: "b".repeat(22) }].flatMap((request) => [
      request,
      { ...request, proof: "0".repeat(64) },
    ]);
    const refused = { kind: "refused", code: "vote.proof_required" };
    expect(shard.cast(asked)).toEqual([refused, refused, refused, refused]);
  });
});

describe("a receipt", () => {
  it("is the same however many voted before, and whenever", () => {
    fc.assert(
      fc.property(
        disclosureArbitrary,
        earlierArbitrary,
        fc.integer({ min: 1_000, max: 1_999 }),
        (disclosure, earlier, now) => {
          const terms = termsFor("final", disclosure);
          const [empty, crowded] = [0, 1].map(() => new ShardModel(terms));
          crowded?.cast(earlier.filter(({ pid }) => pid !== vote.pid));
          expect(crowded?.cast([vote], { now })).toEqual(empty?.cast([vote]));
        },
      ),
    );
  });

  it("has the decision, the hash, r, u and C, and nothing else", () => {
    const [outcome] = new ShardModel(termsFor("final")).cast([vote]);
    const { hash, r, u, c } = openIndependently(modelKeys, vote);
    expect(outcome).toEqual({
      kind: "accepted",
      receipt: { decisionId: "delta", ballotHash: hash, r, u, c },
    });
  });
});
