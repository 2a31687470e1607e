import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { decisionsPath, readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { reportToRoom, roomOf } from "../../../support/worker/objects.ts";
import { openedWithRoll } from "../../../support/worker/rolls.ts";
import { expectProblem } from "../../../support/worker/problems.ts";

afterEach(releaseClock);

type OutcomeBody = {
  decision_id: string;
  version: number;
  as_of: string;
  age_ms: number;
  final: boolean;
  outcome: string;
  if_closed_now: string;
  sentence: string;
  manifest_hash: string;
  requirements: { id: string; met: boolean; actual: string; needed: string; sentence: string }[];
  forecast: { certainty: string; further_yes: { votes: string } | null } | null;
  electorate: { voters: number } | null;
  seals: { shard: number; seq: number }[];
  rule: object;
};

const quorumOfHalf = {
  requirements: [
    { id: "quorum", quorum: true, count: "cast", at_least: "1/2", of: "eligible" },
    { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
  ],
};
const six = `voter_id,region\n${["a", "b", "c", "d", "e", "f"].map((name) => `${name},north\n`).join("")}`;

const outcomePath = (id: string) => `${decisionsPath}/${id}/outcome`;

/** The outcome of this moment: not the one that an isolate's readers share for a second. */
function readOutcome(id: string) {
  return api<OutcomeBody>("GET", outcomePath(id), { afresh: true });
}

async function vote(id: string, voter: string, choice: string) {
  const { status } = await cast(id, await tokenFor(id, voter), choice);
  expect(status).toBe(201);
  await reportToRoom(id);
}

describe("the outcome of an open decision", () => {
  it("is undecided, and says what it would be now and what is still needed", async () => {
    const id = await openedWithRoll(six, { rule: quorumOfHalf });
    await vote(id, "a", "yes");
    const { body, headers } = await readOutcome(id);
    expect(body).toMatchObject({
      final: false,
      outcome: "undecided",
      if_closed_now: "no_quorum",
      electorate: { voters: 6 },
      forecast: { certainty: "open", further_yes: { votes: "2" } },
      seals: [],
    });
    expect(headers.get("etag")).toBe(`W/"${body.version}"`);
    expect(body.requirements[0]).toMatchObject({
      id: "quorum",
      met: false,
      actual: "1",
      needed: "3",
    });
  });

  it("is certain as soon as no vote to come can change it", async () => {
    const id = await openedWithRoll(six);
    for (const voter of ["a", "b"]) await vote(id, voter, "no");
    expect((await readOutcome(id)).body.forecast?.certainty).toBe("open");
    await vote(id, "c", "no");
    expect((await readOutcome(id)).body.forecast?.certainty).toBe("lost");
  });

  it.each([
    ["where votes may be changed", { revote_policy: "revisable" }],
    [
      "where the electorate's size is only stated",
      { electorate: "open", electorate_size: { voters: 6 } },
    ],
  ])("is never certain %s", async (_, given) => {
    const id =
      "electorate" in given ? await openedDecision(given) : await openedWithRoll(six, given);
    for (const voter of ["a", "b", "c", "d", "e"]) await vote(id, voter, "no");
    expect((await readOutcome(id)).body.forecast?.certainty).toBe("open");
  });

  it("says how old it is with each answer, also with those that are shared", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision();
    const read = () => api<OutcomeBody>("GET", outcomePath(id));
    const first = await read();
    expect(first.body).toMatchObject({ as_of: iso(start), age_ms: 0 });
    stopClockAt(start + 900);
    const shared = await read();
    expect(shared.body).toEqual({ ...first.body, age_ms: 900 });
    expect(shared.headers.get("etag")).toBe(first.headers.get("etag"));
  });

  it("is not sent again to who has it", async () => {
    const id = await openedDecision();
    const { headers } = await readOutcome(id);
    const seen = { headers: { "if-none-match": headers.get("etag") ?? "" } };
    expect((await send("GET", outcomePath(id), seen)).status).toBe(304);
    await vote(id, "a", "yes");
    stopClockAt(Date.now() + limits.sharedReadMs + 1);
    expect((await send("GET", outcomePath(id), seen)).status).toBe(200);
  });
});

describe("the outcome of a closed decision", () => {
  it("explains itself, with everything that it was computed from", async () => {
    const id = await openedWithRoll(six, { rule: quorumOfHalf, shards: 3 });
    for (const voter of ["a", "b", "c"]) await vote(id, voter, "yes");
    await vote(id, "d", "no");
    await takeStep(id, "close");
    const { body } = await readOutcome(id);
    const decision = await readDecision(id);
    expect(body).toMatchObject({
      final: true,
      outcome: "carried",
      sentence: "Carried: every requirement is met.",
      rule: quorumOfHalf,
      electorate: { voters: 6, weight: "6" },
      tally: { total: { yes: { ballots: 3 }, no: { ballots: 1 } } },
      manifest_hash: decision.body.manifest_hash,
      forecast: { certainty: "carried", yes_to_no: { votes: "1" } },
    });
    expect(body.seals.map(({ shard }) => shard)).toEqual([0, 1, 2]);
    expect(body.seals.reduce((sum, { seq }) => sum + seq, 0)).toBe(4);
  });

  it("stays the same byte for byte, also after its room was evicted", async () => {
    const id = await openedDecision();
    await vote(id, "a", "yes");
    await takeStep(id, "close");
    const first = await (await send("GET", outcomePath(id))).text();
    await evictDurableObject(roomOf(id));
    const room = await roomOf(id).outcome();
    expect(room).toMatchObject({ kind: "final", text: first });
    expect(JSON.parse(first)).toMatchObject({ final: true, age_ms: 0 });
  });

  it("is a tie where the votes are equal, and no quorum where too few voted", async () => {
    const tied = await openedDecision();
    await vote(tied, "a", "yes");
    await vote(tied, "b", "no");
    await takeStep(tied, "close");
    expect((await readOutcome(tied)).body.outcome).toBe("tie");
    const empty = await openedWithRoll(six, { rule: quorumOfHalf });
    await vote(empty, "a", "yes");
    await takeStep(empty, "close");
    expect((await readOutcome(empty)).body.outcome).toBe("no_quorum");
  });
});

describe("the outcome of a decision that has none", () => {
  it.each(["draft", "cancelled"])("is refused: %s", async (status) => {
    const id = status === "draft" ? await draftDecision() : await openedDecision();
    if (status === "cancelled") await takeStep(id, "cancel");
    const ask = status === "draft" ? { key: adminKey } : {};
    await expectProblem(await send("GET", outcomePath(id), ask), 409, "outcome.none");
  });

  it("is not found where there is no decision", async () => {
    await expectProblem(await send("GET", outcomePath("nobody")), 404, "decision.not_found");
  });
});
