import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { roomOf } from "../../../support/worker/objects.ts";
import { draftWithRoll, putRoll } from "../../../support/worker/rolls.ts";
import { certified } from "../../../support/worker/published.ts";
import { adminKey, api, type ApiAnswer } from "../../../support/worker/api.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { labelNonce } from "../../../support/label-nonce.ts";

afterEach(releaseClock);

type Problem = { code: string };
type Receipt = { r: string };

function revoke(decisionId: string, voterIds: string[]) {
  const path = `/api/v1/decisions/${decisionId}/tokens/revoke`;
  return api<{ revoked: number }>("POST", path, { key: adminKey, body: { voter_ids: voterIds } });
}

function issue(decisionId: string, voterIds: string[]) {
  const path = `/api/v1/decisions/${decisionId}/tokens`;
  const voters = voterIds.map((voter_id) => ({ voter_id, region: "north" }));
  return api<{ tokens: { voter_id: string; token: string }[] }>("POST", path, {
    key: adminKey,
    body: { voters, expires_in_seconds: 600 },
  });
}

/** An answer with its bytes, but for the letters of voter and token. */
function bytesOf({ status, headers, body }: ApiAnswer<unknown>) {
  const text = JSON.stringify(body).replaceAll(
    /"(ada|bea|ey[^"]*)"/g,
    ({ length }) => `"${length}"`,
  );
  const kept = [...headers].filter(([name]) => name !== "x-request-id");
  return { status, headers: kept, text };
}

/** Decisions with one shard in the room's object, and with several of their own. */
const places = [
  ["in its room", { shards: 1 }],
  ["in objects of their own", { shards: 3 }],
] as const;

describe.each(places)("a ballot token of a decision with shards %s", (_, shards) => {
  it("is no longer good for a first vote once another was issued to its voter", async () => {
    const id = await openedDecision(shards);
    const [first, second] = [await tokenFor(id, "ada"), await tokenFor(id, "ada")];
    const other = await tokenFor(id, "bea");
    expect(await cast(id, first, "yes")).toMatchObject({
      status: 401,
      body: { code: "token.superseded" },
    });
    expect((await cast(id, second, "yes")).status).toBe(201);
    expect((await cast(id, other, "yes")).status).toBe(201);
  });

  it("is no longer good once it was revoked, also by a spelling of another case, and one issued later is", async () => {
    const id = await openedDecision(shards);
    const token = await tokenFor(id, "ada");
    expect(await revoke(id, ["ADA ", "bea"])).toMatchObject({ status: 200, body: { revoked: 2 } });
    expect((await cast<Problem>(id, token, "yes")).body.code).toBe("token.superseded");
    expect((await cast(id, await tokenFor(id, "ada"), "yes")).status).toBe(201);
    expect((await cast(id, await tokenFor(id, "bea"), "yes")).status).toBe(201);
  });

  it("changes a vote with its proof, whatever was issued or revoked since", async () => {
    const id = await openedDecision({ ...shards, revote_policy: "revisable" });
    const token = await tokenFor(id, "ada");
    const nonces = ["one", "two", "three"].map(labelNonce);
    const sent = { nonce: nonces[0] ?? "" };
    const first = await cast<Receipt>(id, token, "yes", undefined, sent);
    await tokenFor(id, "ada");
    await revoke(id, ["ada"]);
    const again = await cast<Receipt>(id, token, "yes", undefined, sent);
    expect(again.body).toEqual(first.body);
    const unproven = { nonce: nonces[1] ?? "" };
    const refusal = await cast<Problem>(id, token, "no", undefined, unproven);
    expect(refusal.body.code).toBe("token.superseded");
    const proven = { nonce: nonces[2] ?? "", proof: first.body.r };
    expect((await cast(id, token, "no", undefined, proven)).status).toBe(201);
  });
});

describe("the numbers of tokens", () => {
  async function readTokens(id: string) {
    const path = `/api/v1/decisions/${id}/results`;
    const { body } = await api<{ tokens: object; version: number }>("GET", path, { afresh: true });
    return { tokens: body.tokens, version: body.version };
  }

  it.each(["live", "turnout", "sealed"])(
    "stand in the results of a %s decision, also after an eviction, without a new version",
    async (visibility) => {
      const id = await openedDecision({ visibility, shards: 2 });
      const { version } = await readTokens(id);
      await issue(id, ["ada", "bea", "cleo"]);
      await issue(id, ["ada"]);
      await revoke(id, ["bea", "dora"]);
      await issue(id, ["dora"]);
      const tokens = { issued: 3, reissued: 2, revoked: 2 };
      expect(await readTokens(id)).toEqual({ tokens, version });
      await evictDurableObject(roomOf(id));
      expect(await readTokens(id)).toEqual({ tokens, version });
    },
  );

  it("stay in results and outcome as they were at the close", async () => {
    const id = await openedDecision();
    await issue(id, ["ada", "bea"]);
    await cast(id, await tokenFor(id, "ada"), "yes");
    const tokens = { issued: 2, reissued: 1, revoked: 0 };
    expect((await readOutcome(id)).tokens).toEqual(tokens);
    expect((await takeStep(id, "close")).status).toBe(200);
    await issue(id, ["bea", "cleo"]);
    expect((await readTokens(id)).tokens).toEqual(tokens);
    expect((await readOutcome(id)).tokens).toEqual(tokens);
    await certified(id);
    expect((await readOutcome(id)).tokens).toEqual(tokens);
  });

  it("begin anew with the roll", async () => {
    const id = await draftWithRoll("voter_id,region\nada,north\nbea,north\n");
    await issue(id, ["ada", "bea"]);
    await issue(id, ["ada"]);
    await putRoll(id, "voter_id,region\nada,north\nbea,south\n");
    await issue(id, ["ada"]);
    await takeStep(id, "open");
    expect((await readTokens(id)).tokens).toEqual({ issued: 1, reissued: 0, revoked: 0 });
    expect((await cast(id, await tokenFor(id, "bea"), "yes")).status).toBe(201);
  });
});

describe("a day after the close", () => {
  const aDay = 86_400_000;
  const year = { expires_in_seconds: 366 * 86_400 };
  const asks = [
    ["its voter's eligibility", (id: string, key: string) => eligibility(id, key)],
    ["whether a vote is counted", (id: string, key: string) => ownVote(id, key)],
    ["a repeat of its vote", (id: string, key: string) => cast(id, key, "yes", undefined, sent)],
  ] as const;
  const sent = { nonce: labelNonce("only") };

  it.each(asks)("a token is no longer good for %s", async (_, ask) => {
    const id = await openedDecision({ shards: 2 });
    const token = await tokenFor(id, "ada", year);
    expect((await cast(id, token, "yes", undefined, sent)).status).toBe(201);
    await takeStep(id, "close");
    const closedAt = Date.parse((await readDecision(id)).body.closed_at ?? "");
    stopClockAt(closedAt + aDay - 1_000);
    expect((await ask(id, token)).status).toBeLessThan(202);
    stopClockAt(closedAt + aDay + 60_000);
    expect(await ask(id, token)).toMatchObject({ status: 401, body: { code: "token.expired" } });
    expect(await issue(id, ["ada"])).toMatchObject({
      status: 409,
      body: { code: "decision.closed" },
    });
  });

  it("tokens end of themselves where the end is known at their issue", async () => {
    const closesAt = Date.now() + 3_600_000;
    const id = await openedDecision({ closes_at: new Date(closesAt).toISOString() });
    const ends = async (more: object) => {
      const [, claims = ""] = (await tokenFor(id, "ada", more)).split(".");
      return (JSON.parse(atob(claims)) as { exp: number }).exp;
    };
    expect(await ends(year)).toBe(Math.floor((closesAt + aDay) / 1_000));
    expect(await ends({ expires_in_seconds: 60 })).toBeLessThan(closesAt / 1_000);
  });
});

function eligibility(id: string, key: string) {
  return api("GET", `/api/v1/decisions/${id}/eligibility`, { key });
}

function ownVote(id: string, key: string) {
  const body = { r: "0".repeat(64) };
  return api("POST", `/api/v1/decisions/${id}/votes/mine`, { key, body });
}

async function readOutcome(id: string): Promise<{ tokens: object }> {
  return (await api<{ tokens: object }>("GET", `/api/v1/decisions/${id}/outcome`)).body;
}

describe("issuing tokens", () => {
  it("gives each voter of a request the newest, in order, also one who is named twice", async () => {
    const id = await openedDecision({ shards: 3 });
    const names = Array.from({ length: 20 }, (_, at) => `voter-${at}`);
    const answer = await issue(id, [...names, "voter-7"]);
    expect(answer.body.tokens.map(({ voter_id }) => voter_id)).toEqual([...names, "voter-7"]);
    const codes: (string | undefined)[] = [];
    for (const { token } of answer.body.tokens)
      codes.push((await cast<Partial<Problem>>(id, token, "yes")).body.code);
    const expected = [...names, "voter-7"].map((_, at) =>
      at === 7 ? "token.superseded" : undefined,
    );
    expect(codes).toEqual(expected);
  });

  it("and revoking are answered alike before and after a vote, but for the token's own letters", async () => {
    const id = await openedDecision();
    for (const voter of ["ada", "bea"]) await issue(id, [voter]);
    expect((await cast(id, await tokenFor(id, "ada"), "yes")).status).toBe(201);
    await tokenFor(id, "bea");
    for (let turn = 0; turn < 3; turn += 1) {
      const [voted, hasNot] = [await revoke(id, ["ada"]), await revoke(id, ["bea"])];
      expect(bytesOf(voted)).toEqual(bytesOf(hasNot));
      const [first, second] = [await issue(id, ["ada"]), await issue(id, ["bea"])];
      expect(bytesOf(first)).toEqual(bytesOf(second));
    }
  });

  it("and revoking are refused before the key is made that the voters' pids are made of", async () => {
    const id = await draftDecision();
    expect(await revoke(id, ["ada"])).toMatchObject({
      status: 409,
      body: { code: "token.too_early" },
    });
    expect(await issue(id, ["ada"])).toMatchObject({
      status: 409,
      body: { code: "token.too_early" },
    });
  });

  it("and revoking are recorded where anybody reads how many, and never whose", async () => {
    const id = await openedDecision();
    await issue(id, ["ada", "bea"]);
    await revoke(id, ["ada"]);
    const { body } = await api<{ entries: { action: string; facts: object }[] }>(
      "GET",
      `/api/v1/decisions/${id}/events`,
    );
    expect(body.entries.slice(1)).toMatchObject([
      { action: "tokens.issued", facts: { voters: 2 } },
      { action: "tokens.revoked", facts: { voters: 1 } },
    ]);
  });
});
