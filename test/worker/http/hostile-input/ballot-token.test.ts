import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { send, type Ask } from "../../../support/worker/api.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import {
  assembleToken,
  ballotKeys,
  signToken,
  type TokenPlan,
} from "../../../support/worker/tokens.ts";
import { expectUnchanged } from "../../../support/worker/unchanged.ts";

const votePath = "/api/v1/voting/cast-vote";
const anHour = 3_600;
const now = () => Math.floor(Date.now() / 1_000);
let decisionId = "";
let otherDecisionId = "";

beforeAll(async () => {
  decisionId = await openedDecision();
  otherDecisionId = await openedDecision();
  await cast(decisionId, await tokenFor(decisionId, "ana"), "yes");
  await reportToRoom(decisionId);
});

function refuseToken(token: string, status: number, code: string, more: Ask = {}) {
  const body = { decision_id: decisionId, vote: "no" };
  return expectUnchanged(decisionId, () =>
    refused("POST", votePath, { key: token, body, ...more }, status, code),
  );
}

const goodClaims = () => ({
  iss: "enviro-governance",
  aud: decisionId,
  sub: "AAAAAAAAAAAAAAAAAAAAAA",
  region: "north",
  gen: 1,
  exp: now() + anHour,
});

describe("a ballot token", () => {
  it("signed by hand as the platform signs is good: what follows fails for its own reason", async () => {
    const id = await openedDecision();
    expect((await cast(id, await signToken(id), "yes")).status).toBe(201);
  });

  it("signed with the older of two keys still verifies", async () => {
    const id = await openedDecision();
    const token = await signToken(id, { kid: "old", key: ballotKeys.old });
    expect((await cast(id, token, "yes")).status).toBe(201);
  });

  it("is one voter's under the old key and the new", async () => {
    const id = await openedDecision();
    const old = await signToken(id, { kid: "old", key: ballotKeys.old });
    const first = await cast(id, old, "yes");
    const second = await cast(id, await signToken(id), "yes");
    expect(second.body).toEqual(first.body);
    expect((await cast(id, await signToken(id), "no")).status).toBe(409);
  });

  const badPlans: [string, TokenPlan][] = [
    ["of another issuer", { issuer: "somebody-else" }],
    ["without an issuer", { issuer: null }],
    ["signed with a key that is not ours", { key: "C".repeat(43) }],
    ["that names the old key and is signed with the new", { kid: "old" }],
    ["that names the new key and is signed with the old", { key: ballotKeys.old }],
    ["without a kid", { kid: null }],
    ["with an unknown kid", { kid: "newer" }],
    ["with the kid __proto__", { kid: "__proto__" }],
    ["with the kid constructor", { kid: "constructor" }],
    ["without an end", { expiresAt: null }],
    ["without a voter", { subject: null }],
    ["without a decision", { audience: null }],
    ["for a voter_id in the place of a pseudonym", { subject: "ana" }],
    ["for an empty voter", { subject: "" }],
    ["for a pseudonym of the right length that is none", { subject: "../../../../../../../x" }],
    ["of the weight 0", { claims: { weight: 0 } }],
    ["of a negative weight", { claims: { weight: -1 } }],
    ["of half a vote", { claims: { weight: 0.5 } }],
    ["of a weight in words", { claims: { weight: "1" } }],
    ["of a weight beyond exact numbers", { claims: { weight: 2 ** 60 } }],
    ["whose region is a number", { claims: { region: 1 } }],
    ["whose region is a list", { claims: { region: ["north"] } }],
    ["that begins tomorrow", { claims: { nbf: 4_102_444_800 } }],
  ];
  it.each(badPlans)("%s is refused", async (_, plan) => {
    await refuseToken(await signToken(decisionId, plan), 401, "token.invalid");
  });

  it("that has expired is refused as that", async () => {
    const token = await signToken(decisionId, { expiresAt: now() - 1 });
    await refuseToken(token, 401, "token.expired");
  });

  it("that has expired and is forged besides is not told that it expired", async () => {
    const plan = { expiresAt: now() - 1, key: "C".repeat(43) };
    await refuseToken(await signToken(decisionId, plan), 401, "token.invalid");
  });

  it("for several decisions at once is refused", async () => {
    const audience = [decisionId, otherDecisionId];
    await refuseToken(await signToken(decisionId, { audience }), 401, "token.invalid");
  });

  it("for another decision is refused, and counts there neither", async () => {
    const token = await tokenFor(otherDecisionId, "bo");
    await expectUnchanged(otherDecisionId, () => refuseToken(token, 403, "token.wrong_decision"));
  });

  it.each(["none", "None", "nOnE", ""])("of the algorithm %j is refused", async (alg) => {
    const header = { alg, typ: "JWT", kid: "new" };
    await refuseToken(assembleToken(header, goodClaims()), 401, "token.invalid");
    await refuseToken(assembleToken(header, goodClaims(), "AAAA"), 401, "token.invalid");
  });

  it.each(["RS256", "ES256", "EdDSA", "HS384", "HS512"])(
    "whose header says %s over a good HS256 signature is refused",
    async (alg) => {
      const [, payload = "", signature = ""] = (await signToken(decisionId)).split(".");
      const header = { alg, typ: "JWT", kid: "new" };
      const [head = ""] = assembleToken(header, {}).split(".");
      await refuseToken(`${head}.${payload}.${signature}`, 401, "token.invalid");
    },
  );

  it("really signed with RS256 is refused", async () => {
    const kind = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const shape = {
      ...kind,
      modulusLength: 2_048,
      publicExponent: Uint8Array.from([1, 0, 1]),
    };
    const pair = await crypto.subtle.generateKey(shape, true, ["sign", "verify"]);
    if (!("privateKey" in pair)) throw new Error("no pair of keys");
    const token = assembleToken({ alg: "RS256", typ: "JWT", kid: "new" }, goodClaims());
    const signed = token.slice(0, -1);
    const bytes = new TextEncoder().encode(signed);
    const signature = Buffer.from(await crypto.subtle.sign(kind, pair.privateKey, bytes));
    await refuseToken(`${signed}.${signature.toString("base64url")}`, 401, "token.invalid");
  });

  it("with an extension that must be understood is refused", async () => {
    const header = { alg: "HS256", kid: "new", crit: ["b64"], b64: false };
    await refuseToken(assembleToken(header, goodClaims(), "AAAA"), 401, "token.invalid");
  });

  it("whose claims were changed after signing is refused", async () => {
    const token = await tokenFor(decisionId, "bo");
    const [head = "", payload = "", signature = ""] = token.split(".");
    const claims: object = JSON.parse(Buffer.from(payload, "base64url").toString());
    const [, richer = ""] = assembleToken({}, { ...claims, weight: 9 }).split(".");
    await refuseToken(`${head}.${richer}.${signature}`, 401, "token.invalid");
    await refuseToken(`${head}.${payload}.`, 401, "token.invalid");
    await refuseToken(`${head}.${payload}`, 401, "token.invalid");
  });

  it.each(["x", "a.b.c", "..", "....", "e30.e30.e30", "null.null.null", "eg_1_2", "%00.%00.%00"])(
    "that is %j is refused",
    async (text) => {
      await refuseToken(text, 401, "token.invalid");
    },
  );

  it.each(["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token x", "x"])(
    "is missing where the header says %j",
    async (authorization) => {
      const more = { key: null, headers: { authorization } };
      await refuseToken("", 401, "credential.missing", more);
    },
  );

  it("with a region that the decision has not is refused by the shard", async () => {
    for (const region of ["east", "__proto__", "constructor", "NORTH", "north\u0000", ""]) {
      const token = await signToken(decisionId, { claims: { region } });
      await refuseToken(token, 422, "vote.unknown_region");
    }
  });

  it("with more weight than the decision allows is refused by the shard", async () => {
    const token = await signToken(decisionId, { claims: { weight: 2 } });
    await refuseToken(token, 422, "vote.weight_too_large");
  });

  it("of whatever text never fails on our side and never votes", async () => {
    const part = fc.oneof(
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString("base64url")),
      fc.constant(assembleToken({ alg: "HS256", kid: "new" }, {}).split(".")[0] ?? ""),
    );
    const token = fc.oneof(
      fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(".")),
      fc.stringMatching(/^[!-~]{1,80}$/),
    );
    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        const body = { decision_id: decisionId, vote: "yes" };
        const { status } = await send("POST", votePath, { key: text, body });
        expect(status).toBe(401);
      }),
      { numRuns: 300 },
    );
  });

  it("that is well signed, with whatever claims, never fails on our side", async () => {
    const claims = fc.record(
      { aud: fc.jsonValue(), sub: fc.jsonValue(), region: fc.jsonValue(), weight: fc.jsonValue() },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(claims, async (some) => {
        const [head = ""] = assembleToken({ alg: "HS256", typ: "JWT", kid: "new" }, {}).split(".");
        const [, claimed = ""] = assembleToken({}, { ...goodClaims(), ...some }).split(".");
        const token = await signParts(head, claimed);
        const body = { decision_id: decisionId, vote: "yes" };
        const { status } = await send("POST", votePath, { key: token, body });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
});

/** HS256 over parts as they are, where jose itself would refuse to sign such claims. */
async function signParts(head: string, claims: string): Promise<string> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const raw = Uint8Array.from(Buffer.from(ballotKeys.new, "base64url"));
  const key = await crypto.subtle.importKey("raw", raw, hmac, false, ["sign"]);
  const bytes = new TextEncoder().encode(`${head}.${claims}`);
  const signature = Buffer.from(await crypto.subtle.sign("HMAC", key, bytes));
  return `${head}.${claims}.${signature.toString("base64url")}`;
}
