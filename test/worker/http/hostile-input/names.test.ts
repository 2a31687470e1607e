import { describe, expect, it } from "vitest";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch, nonceOfWords } from "../../../support/worker/batches.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { readDecision } from "../../../support/worker/decision-calls.ts";
import { refused } from "../../../support/worker/problems.ts";
import { recordOf, shardsOf } from "../../../support/worker/record.ts";
import { putRoll } from "../../../support/worker/rolls.ts";
import { recountBallots } from "../../../support/worker/recount.ts";
import { expectUnchanged } from "../../../support/worker/unchanged.ts";

const vote = (voter_id: string) => ({ voter_id, vote: "yes", region: "north" });

/** Names that a careless program takes for something of its own. */
const inherited = [
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "length",
];

describe("a voter_id", () => {
  it.each([
    ["of 255 letters", "x".repeat(255)],
    ["of 255 letters of two bytes", "é".repeat(255)],
    ["of 255 letters of three bytes", "世".repeat(255)],
    ["of 255 emoji, four bytes each", "😀".repeat(255)],
    ["of an emoji", "👩"],
    ["of letters that are written from right to left", "دانا"],
    ["that looks like SQL", "'; DROP TABLE voters; --"],
    ["that looks like a path", "../../ana"],
  ])("%s votes, and repeats", async (_, voterId) => {
    const id = await openedDecision();
    const first = await castBatch(id, [vote(voterId)]);
    const again = await castBatch(id, [vote(voterId)]);
    expect(first.body).toMatchObject({ accepted: 1 });
    expect(again.body).toMatchObject({ repeated: 1, accepted: 0 });
    const more = { nonce: nonceOfWords(vote(voterId)) };
    const byToken = await cast(id, await tokenFor(id, voterId), "yes", undefined, more);
    expect([byToken.status, byToken.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
  });

  it.each(["__proto__", ...inherited])("%s is a voter like any other", async (voterId) => {
    const id = await openedDecision({ revote_policy: "revisable" });
    await castBatch(id, [vote(voterId), vote("ana")]);
    await castBatch(id, [{ ...vote(voterId), vote: "no" }]);
    const [shard] = await shardsOf(id);
    expect(shard).toMatchObject({ seq: 3, total: { yes: { ballots: 1 }, no: { ballots: 1 } } });
  });

  it.each([
    ["of one emoji of several parts", "👩\u200D👧"],
    ["with a NUL inside", "ana\u0000bo"],
    ["of a NUL alone", "\u0000"],
    ["of spaces", "   "],
    ["turned to be read from right to left", "\u202Eana"],
  ])("%s is refused, and takes no vote", async (_, voterId) => {
    const id = await openedDecision();
    const path = `/api/v1/decisions/${id}/votes/batch`;
    const ask = { key: adminKey, body: { votes: [vote(voterId)] } };
    await expectUnchanged(id, () => refused("POST", path, ask, 400, "voter.invalid_id"));
  });

  it("that differs in a letter from another's is another voter, however alike they look", async () => {
    const id = await openedDecision();
    const names = ["ana", "an a", "anä", "ana.", "ana1", "а\u006Ea", "ana😀"];
    const { body } = await castBatch(id, names.map(vote));
    expect(body.accepted).toBe(names.length);
    expect(new Set((await recordOf(id)).map(({ pid }) => pid)).size).toBe(names.length);
  });

  it("that is no Unicode text is refused: two of them would become one voter in UTF-8", async () => {
    const id = await openedDecision();
    const path = `/api/v1/decisions/${id}/votes/batch`;
    for (const name of ["\\ud800", "\\udc00", "ana\\ud83d"]) {
      const text = `{"votes":[{"voter_id":"${name}","vote":"yes","region":"north"}]}`;
      await expectUnchanged(id, () =>
        refused("POST", path, { key: adminKey, text }, 400, "voter.invalid_id"),
      );
    }
  });

  it("that is no Unicode text gets no token either", async () => {
    const id = await openedDecision();
    const path = `/api/v1/decisions/${id}/tokens`;
    const text = '{"voters":[{"voter_id":"\\ud800","region":"north"}]}';
    await refused("POST", path, { key: adminKey, text }, 400, "voter.invalid_id");
  });
});

describe("a text of a decision", () => {
  const claim = { issuer: "https://login.example", voter_claim: "sub", region_claim: "region" };
  const placesOf = (odd: string): [pointer: string, members: object][] => [
    ["/title", { title: odd }],
    ["/description", { description: odd }],
    ["/regions/0/name", { regions: [{ code: "north", name: odd }] }],
    ["/login/issuer", { login: { ...claim, issuer: odd } }],
    ["/login/voter_claim", { login: { ...claim, voter_claim: odd } }],
    ["/login/region_claim", { login: { ...claim, region_claim: odd } }],
  ];

  it.each(["a\u0000b", "\ud800", "\udc00a"])(
    "that holds %j is refused with its place, in a draft and in a change: one of the databases would never take it",
    async (odd) => {
      const draftId = await draftDecision();
      for (const [pointer, members] of placesOf(odd)) {
        const created = { key: adminKey, body: { title: "Hostile", ...members } };
        const { errors } = await refused("POST", "/api/v1/decisions", created, 400, "body.invalid");
        expect(errors).toMatchObject([{ pointer }]);
        const path = `/api/v1/decisions/${draftId}`;
        await refused("PATCH", path, { key: adminKey, body: members }, 400, "body.invalid");
      }
    },
  );

  it("is kept to the letter whatever else it holds", async () => {
    const title = "😀 é 世 \u200F '; DROP TABLE decisions; --";
    const id = await draftDecision({ title });
    expect((await readDecision(id)).body).toMatchObject({ title });
  });
});

describe("a name of a decision", () => {
  it.each([
    ["/title", { title: "\u202Eon" }],
    ["/title", { title: " \u200B" }],
    ["/description", { description: "a\u202Eb" }],
    ["/regions/0/name", { regions: [{ code: "north", name: "\u3000" }] }],
    ["/regions/1/code", { regions: [{ code: "north" }, { code: "North" }] }],
    [
      "/regions/1/name",
      {
        regions: [
          { code: "a", name: "Île" },
          { code: "b", name: "I\u0302LE" },
        ],
      },
    ],
  ])(
    "is refused at %s where it deceives, in a draft and in a change: %j",
    async (pointer, members) => {
      const created = { key: adminKey, body: { title: "Hostile", ...members } };
      const { errors } = await refused("POST", "/api/v1/decisions", created, 400, "body.invalid");
      expect(errors?.map((error) => error.pointer)).toContain(pointer);
      const path = `/api/v1/decisions/${await draftDecision()}`;
      await refused("PATCH", path, { key: adminKey, body: members }, 400, "body.invalid");
    },
  );

  it("is the same region composed and decomposed: in a draft, a vote, a roll and a path", async () => {
    const decomposed = "I\u0302le";
    const id = await openedDecision({ regions: [{ code: decomposed }] });
    await castBatch(id, [
      { ...vote("ana"), region: "\u00CEle" },
      { ...vote("ben"), region: decomposed },
    ]);
    for (const region of ["\u00CEle", decomposed]) {
      const path = `/api/v1/decisions/${id}/results/${encodeURIComponent(region)}`;
      expect((await api("GET", path)).body).toMatchObject({ total: { ballots: 2 } });
    }
    const rolled = await draftDecision({ electorate: "roll", regions: [{ code: decomposed }] });
    const csv = `voter_id,region\nana,\u00CEle\nben,${decomposed}\n`;
    expect((await putRoll(rolled, csv)).body).toMatchObject({ loaded: 2 });
  });
});

describe("a region's code", () => {
  it.each([
    "__proto__",
    "",
    " north",
    "_x",
    "-x",
    "stream",
    "socket",
    "a\u0000",
    "a\nb",
    "=1",
    "a%",
  ])("%j is refused", async (code) => {
    const body = { title: "Hostile", regions: [{ code }] };
    const ask = { key: adminKey, body };
    await refused("POST", "/api/v1/decisions", ask, 400, "body.invalid");
  });

  it("that an object inherits is a region like any other, in record, results and by itself", async () => {
    const id = await openedDecision({ regions: inherited.map((code) => ({ code })) });
    const votes = inherited.flatMap((region, index) =>
      Array.from({ length: index + 1 }, (_, voter) => ({
        voter_id: `${region}-${voter}`,
        vote: "no",
        region,
      })),
    );
    expect((await castBatch(id, votes)).body).toMatchObject({ accepted: votes.length });
    await api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });

    const recount = recountBallots(await recordOf(id));
    const { body } = await api("GET", `/api/v1/decisions/${id}/results`);
    expect(body).toMatchObject({
      final: true,
      total: recount.total,
      regions: inherited.map((region) => ({ region, ...recount.regionOf(region) })),
    });
    for (const region of inherited) {
      const one = await api("GET", `/api/v1/decisions/${id}/results/${region}`);
      expect(one.body).toMatchObject({ region, total: recount.regionOf(region) });
    }
  });

  it("that no decision wrote is refused item by item, whatever an object inherits", async () => {
    const id = await openedDecision();
    const votes = [...inherited, "NORTH", "nord"].map((region) => ({ ...vote(region), region }));
    const { body } = await castBatch(id, votes);
    expect(body.results).toMatchObject(votes.map(() => ({ code: "vote.unknown_region" })));
    expect(await shardsOf(id)).toMatchObject([{ seq: 0 }]);
  });

  it("with a slash, a space or an accent is read by its code in the path", async () => {
    const codes = ["North/South", "Île de France", "R&D (a'b)", "東京", "a.b:c"];
    const id = await openedDecision({ regions: codes.map((code) => ({ code })) });
    for (const region of codes) {
      const path = `/api/v1/decisions/${id}/results/${encodeURIComponent(region)}`;
      expect((await api("GET", path)).body).toMatchObject({ region, total: { ballots: 0 } });
    }
  });

  it.each(["__proto__", "constructor", "%00", "%FF", "..%2Fsecrets", "north%00", "x".repeat(65)])(
    "%s in a path, where the decision has none such, is not found",
    async (region) => {
      const id = await openedDecision();
      const path = `/api/v1/decisions/${id}/results/${region}`;
      await refused("GET", path, {}, 404, "region.not_found");
    },
  );
});
