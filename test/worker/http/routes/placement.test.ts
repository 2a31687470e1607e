import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Shard } from "../../../../durable-objects/ballot-shard/shard.ts";
import { labelNonce } from "../../../support/label-nonce.ts";
import {
  adminKey,
  api,
  send,
  type ApiAnswer,
  type ReceiptBody,
} from "../../../support/worker/api.ts";
import {
  ballotSocketPath,
  browserHeaders,
  openBallotSocket,
} from "../../../support/worker/ballot-socket.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { amendDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { cast, draftDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { allowLogged } from "../../../support/error-lines.ts";
import { shardStub } from "../../../support/worker/objects.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { signToken } from "../../../support/worker/tokens.ts";
import { certified } from "../../../support/worker/published.ts";
import { recordOf, shardsOf } from "../../../support/worker/record.ts";
import { draftWithRoll, openedWithRoll, putRoll } from "../../../support/worker/rolls.ts";

const regions = [{ code: "north" }, { code: "south" }, { code: "east" }];
const placed = {
  regions,
  shards: 2,
  placement: [
    { regions: ["south"], location_hint: "oc", shards: 2 },
    { regions: ["east"], shards: 1 },
  ],
};
/** The shards of each region's group. */
const shardsIn: Record<string, number[]> = { north: [0, 1], south: [2, 3], east: [4] };
const everyRegion = Object.keys(shardsIn);

const voters = everyRegion.flatMap((region) =>
  Array.from({ length: region === "east" ? 10 : 20 }, (_, index) => ({
    voter_id: `${region}-${index}`,
    region,
  })),
);
const csv = `voter_id,region\n${voters.map(({ voter_id, region }) => `${voter_id},${region}\n`).join("")}`;

function opened(given: Record<string, unknown> = {}) {
  return openedWithRoll(csv, { ...placed, ...given });
}

/** An answer without what differs between any two requests. */
function shown({ status, headers, body }: ApiAnswer<unknown>) {
  const kept = [...headers].filter(([name]) => name !== "x-request-id");
  return { status, headers: kept, body };
}

describe("voters placed by region", () => {
  it("are held by the shards of their region's group, whatever is claimed of them", async () => {
    const id = await opened();
    const wrong = { north: "south", south: "east", east: "nowhere" } as Record<string, string>;
    const votes = voters.map(({ voter_id, region }, index) => {
      const claims = [{}, { region }, { region: wrong[region] ?? "" }];
      return { voter_id, vote: "yes", ...claims[index % claims.length] };
    });
    const { body } = await castBatch(id, votes);
    expect(body).toMatchObject({ accepted: 50, repeated: 0, refused: 0 });
    const record = await recordOf(id);
    expect(record).toHaveLength(50);
    for (const { shard, region } of record) expect(shardsIn[region]).toContain(shard);
    expect(new Set(record.map(({ shard }) => shard)).size).toBe(5);
  });

  it("are one voter each, however many claims are made, and a repeat has its receipt", async () => {
    const id = await opened();
    const vote = { voter_id: "south-3", vote: "yes" };
    const first = await castBatch(id, [{ ...vote, region: "east" }]);
    expect(first.body.accepted).toBe(1);
    const [receipt] = first.body.results;
    for (const region of [...everyRegion, "nowhere"]) {
      const again = await castBatch(id, [{ ...vote, region }]);
      expect(again.body.results[0]).toEqual({ ...receipt, status: "repeated" });
      const other = await castBatch(id, [{ voter_id: "south-3", vote: "no", region }]);
      expect(other.body.results[0]).toMatchObject({ code: "vote.already_cast" });
    }
    expect(await recordOf(id)).toHaveLength(1);
  });

  it("keep the order of their requests in a batch that claims two regions", async () => {
    const id = await opened({ revote_policy: "revisable" });
    const claims = ["south", "north", "east", "north", "south"];
    const votes = claims.map((region, index) => ({
      voter_id: "south-1",
      vote: index % 2 === 0 ? "yes" : "no",
      nonce: labelNonce(`vote ${index}`),
      region,
    }));
    expect((await castBatch(id, votes)).body.accepted).toBe(5);
    const record = await recordOf(id);
    expect(record.map(({ choice }) => choice)).toEqual(votes.map(({ vote }) => vote));
  });

  it("are refused alike by any claim, and after the close a repeat alone is answered", async () => {
    const id = await opened();
    const answers = async (voter_id: string, vote: string) => {
      const all = await Promise.all(
        [...everyRegion, "nowhere"].map((region) => castBatch(id, [{ voter_id, vote, region }])),
      );
      const [one, ...others] = all.map(shown);
      for (const other of others) expect(other).toEqual(one);
      return all[0]?.body.results[0];
    };
    const { body } = await castBatch(id, [{ voter_id: "east-1", vote: "yes" }]);
    expect(await answers("eve", "yes")).toMatchObject({ code: "vote.not_on_roll" });
    expect(await answers("east-1", "no")).toMatchObject({ code: "vote.already_cast" });
    expect((await takeStep(id, "close")).status).toBe(200);
    const repeated = { ...body.results[0], status: "repeated" };
    expect(await answers("east-1", "yes")).toEqual(repeated);
    expect(await answers("east-1", "no")).toMatchObject({ code: "decision.closed" });
    expect(await answers("south-1", "no")).toMatchObject({ code: "decision.closed" });
    expect(await answers("eve", "yes")).toMatchObject({ code: "decision.closed" });
  });

  it("close, are certified and are counted with every group", async () => {
    const id = await opened({ disclosure: "pseudonymous" });
    await castBatch(
      id,
      voters.map(({ voter_id, region }) => ({ voter_id, vote: "yes", region })),
    );
    expect((await takeStep(id, "close")).status).toBe(200);
    await certified(id);
    const { body } = await api<{
      seals: { shard: number; seq: number }[];
      publication: { counted: { size: number } };
      tally: { total: { yes: { ballots: number } } };
    }>("GET", `/api/v1/decisions/${id}/outcome`);
    expect(body.seals.map(({ shard }) => shard)).toEqual([0, 1, 2, 3, 4]);
    expect(body.seals.reduce((sum, { seq }) => sum + seq, 0)).toBe(50);
    expect(body.publication.counted.size).toBe(50);
    expect(body.tally.total.yes.ballots).toBe(50);
  });

  it("are told their own standing, and who has voted is found in any group", async () => {
    const id = await opened();
    await castBatch(id, [{ voter_id: "east-1", vote: "yes" }]);
    const path = `/api/v1/decisions/${id}`;
    const token = await tokenFor(id, "east-1", { region: "north" });
    const standing = await api("GET", `${path}/eligibility`, { key: token });
    expect(standing.body).toMatchObject({ eligible: true, region: "east" });
    const looked = await api("POST", `${path}/look-ups`, { key: adminKey, body: { token } });
    expect(looked.body).toMatchObject({ eligible: true, region: "east", has_voted: true });
    const eve = await tokenFor(id, "eve", { region: "east" });
    const stranger = await api("GET", `${path}/eligibility`, { key: eve });
    expect(stranger.body).toMatchObject({ eligible: false, region: null });
  });

  it("ask by their receipt whether their vote is counted, wherever it is", async () => {
    const id = await opened();
    const token = await tokenFor(id, "south-7", { region: "north" });
    const { body } = await cast<ReceiptBody>(id, token, "no");
    const ask = (r: string) =>
      api("POST", `/api/v1/decisions/${id}/votes/mine`, { key: token, body: { r } });
    expect((await ask(body.r)).body).toEqual({ counted: true });
    expect((await ask("0".repeat(64))).body).toEqual({ counted: false });
  });
});

function tokenClaims(token: string) {
  const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(atob(payload)) as { region?: string; gen: number; sub: string };
}

describe("a ballot token of a voter placed by region", () => {
  it("opens a socket in that shard with a wrong claim too", async () => {
    const id = await opened();
    const wrong = await claiming(id, await tokenFor(id, "south-1"), "north");
    const socket = await openBallotSocket(id, wrong);
    socket.send({ id: 1, vote: "yes", nonce: labelNonce("south-1") });
    expect(JSON.parse(await socket.nextText())).toMatchObject({ type: "receipt", id: 1 });
    socket.close();
    expect((await recordOf(id)).map(({ region }) => region)).toEqual(["south"]);
  });

  it("points to the region of the roll, whatever was claimed as it was issued", async () => {
    const id = await opened();
    expect(tokenClaims(await tokenFor(id, "south-1", { region: "east" })).region).toBe("south");
    // Who is on no roll keeps the claim, which decides nothing.
    expect(tokenClaims(await tokenFor(id, "eve", { region: "east" })).region).toBe("east");
  });

  it.each(everyRegion)("is ended by the next one and by a revocation: %s", async (region) => {
    const id = await opened();
    const [first, second] = [await tokenFor(id, `${region}-2`), await tokenFor(id, `${region}-2`)];
    expect((await cast(id, first, "yes")).body).toMatchObject({ code: "token.superseded" });
    const path = `/api/v1/decisions/${id}/tokens/revoke`;
    await api("POST", path, { key: adminKey, body: { voter_ids: [`${region}-2`] } });
    expect((await cast(id, second, "yes")).body).toMatchObject({ code: "token.superseded" });
    const third = await tokenFor(id, `${region}-2`);
    expect((await cast(id, third, "yes")).status).toBe(201);
    const { body } = await api("GET", `/api/v1/decisions/${id}/results`, { afresh: true });
    expect(body["tokens"]).toEqual({ issued: 1, reissued: 2, revoked: 1 });
  });

  it("opens a socket in the shard that holds the voter", async () => {
    const id = await opened();
    for (const { voter_id, region } of [voters[0], voters[25], voters[45]].filter(
      (voter) => voter !== undefined,
    )) {
      const socket = await openBallotSocket(id, await tokenFor(id, voter_id));
      socket.send({ id: 1, vote: "yes", nonce: labelNonce(voter_id) });
      expect(JSON.parse(await socket.nextText())).toMatchObject({ type: "receipt", id: 1 });
      socket.close();
      const record = await recordOf(id);
      const own = record.filter((ballot) => ballot.region === region);
      expect(own).toHaveLength(1);
      expect(shardsIn[region]).toContain(own[0]?.shard);
    }
  });
});

/** Counts how often a shard looks voters up on its roll from here on. */
function countLookUps(id: string, shard: number): Promise<() => number> {
  return runInDurableObject(shardStub(id, shard), (object) => {
    let calls = 0;
    const lookUp = object.findOnRoll.bind(object);
    const value = (...call: Parameters<typeof lookUp>) => {
      calls += 1;
      return lookUp(...call);
    };
    Object.defineProperty(object, "findOnRoll", { value, configurable: true });
    return () => calls;
  });
}

/** Opens a socket, and gives how often each shard was asked for its voter. */
async function lookUpsOfSocket(id: string, token: string): Promise<number[]> {
  const counts = await Promise.all([0, 1, 2, 3, 4].map((shard) => countLookUps(id, shard)));
  const socket = await openBallotSocket(id, token);
  socket.close();
  return counts.map((count) => count());
}

describe("a socket of a voter placed by region", () => {
  it("asks a shard of each group once where the claim is wrong, and else one", async () => {
    const id = await opened();
    const token = await tokenFor(id, "south-1");
    const hinted = await lookUpsOfSocket(id, token);
    expect(hinted.reduce((sum, calls) => sum + calls, 0)).toBe(1);
    const wrong = await lookUpsOfSocket(id, await claiming(id, token, "east"));
    const [north1 = 0, north2 = 0, south1 = 0, south2 = 0, east] = wrong;
    expect([north1 + north2, south1 + south2, east]).toEqual([1, 1, 1]);
  });

  it("is refused where the shard that may hold the voter does not answer", async () => {
    const id = await opened();
    const wrong = await claiming(id, await tokenFor(id, "east-1"), "north");
    await silence(id, 4, "findOnRoll");
    allowLogged("edge.shard_failed", { decision: id });
    const answer = await send("GET", ballotSocketPath(id), { headers: browserHeaders(wrong) });
    await expectProblem(answer, 503, "shard.unavailable");
  });
});

/** The same voter's token, with another claim than its own. */
async function claiming(id: string, token: string, region: string): Promise<string> {
  const { gen, sub } = tokenClaims(token);
  return signToken(id, { claims: { gen, region }, subject: sub });
}

async function silence(id: string, shard: number, ...methods: string[]): Promise<void> {
  await runInDurableObject(shardStub(id, shard), (object) => {
    for (const method of methods)
      Object.defineProperty(object, method, {
        value: () => Promise.reject(new Error("gone")),
        configurable: true,
      });
  });
}

describe("a shard that does not answer", () => {
  it("does not keep others' tokens from being revoked, and its own are moved on nowhere", async () => {
    const id = await opened();
    const [south, east] = [await tokenFor(id, "south-2"), await tokenFor(id, "east-1")];
    await silence(id, 4, "findOnRoll");
    allowLogged("room.shard_no_answer", { decision: id });
    const { status } = await api("POST", `/api/v1/decisions/${id}/tokens/revoke`, {
      key: adminKey,
      body: { voter_ids: ["south-2", "east-1"] },
    });
    expect(status).toBe(503);
    expect((await cast(id, south, "yes")).body).toMatchObject({ code: "token.superseded" });
    const { body } = await api("GET", `/api/v1/decisions/${id}/results`, { afresh: true });
    expect(body["tokens"]).toEqual({ issued: 2, reissued: 0, revoked: 1 });
    expect((await cast(id, east, "yes")).status).toBe(201);
  });

  it("leaves tokens good where new ones are asked for that nobody gets", async () => {
    const id = await opened();
    const south = await tokenFor(id, "south-2");
    await silence(id, 4, "findOnRoll");
    allowLogged("room.shard_no_answer", { decision: id });
    const asked = ["south-2", "east-1"].map((voter_id) => ({ voter_id, region: "south" }));
    const body = { voters: asked, expires_in_seconds: 600 };
    const { status } = await api("POST", `/api/v1/decisions/${id}/tokens`, { key: adminKey, body });
    expect(status).toBe(503);
    expect((await cast(id, south, "yes")).status).toBe(201);
  });

  it("stops no socket of a voter whom another holds", async () => {
    const id = await opened();
    const wrong = await claiming(id, await tokenFor(id, "south-1"), "east");
    await silence(id, 4, "findOnRoll", "castText");
    const socket = await openBallotSocket(id, wrong);
    socket.send({ id: 1, vote: "yes", nonce: labelNonce("south-1") });
    expect(JSON.parse(await socket.nextText())).toMatchObject({ type: "receipt", id: 1 });
    socket.close();
  });

  it("leaves it unknown whether the vote of whom it may hold counted, and stops nobody else", async () => {
    const id = await opened();
    await silence(id, 4, "findOnRoll", "castText");
    allowLogged("edge.shard_failed", { decision: id });
    const { body } = await castBatch(id, [
      { voter_id: "north-1", vote: "yes", region: "east" },
      { voter_id: "south-1", vote: "yes" },
      { voter_id: "east-1", vote: "yes" },
      { voter_id: "eve", vote: "yes" },
    ]);
    expect(body.results).toMatchObject([
      { status: "accepted" },
      { status: "accepted" },
      { code: "shard.unavailable" },
      { code: "shard.unavailable" },
    ]);
  });
});

describe("a shard whose queue is full", () => {
  it("says so at once, and sends its voters into no other group's queue", async () => {
    const id = await opened();
    const votes: string[] = [];
    for (const shard of [0, 1, 2, 3, 4])
      await runInDurableObject(shardStub(id, shard), (object) => {
        // What the object hands its votes to.
        const inner = Reflect.get<object, string>(object, "shard") as Shard;
        const castText = inner.castText.bind(inner);
        const value: Shard["castText"] = (requests) => {
          votes.push(`cast at ${shard}`);
          return shard === 4 ? "overloaded" : castText(requests);
        };
        Object.defineProperty(inner, "castText", { value, configurable: true });
      });
    const { body } = await castBatch(id, [
      { voter_id: "east-1", vote: "yes", region: "east" },
      { voter_id: "north-1", vote: "yes", region: "north" },
    ]);
    expect(body.results).toMatchObject([{ code: "shard.overloaded" }, { status: "accepted" }]);
    expect(votes).toHaveLength(2);
    // A vote under a wrong claim waits in the holder's queue, too, and in no third.
    const wrong = await castBatch(id, [{ voter_id: "south-1", vote: "yes", region: "north" }]);
    expect(wrong.body.accepted).toBe(1);
    expect(votes).toHaveLength(4);
  });
});

describe("a draft that places voters by region", () => {
  const refused = async (given: Record<string, unknown>) => {
    const { status, body } = await api<{ code: string; errors: { pointer: string }[] }>(
      "POST",
      "/api/v1/decisions",
      { key: adminKey, body: { title: "Placed", electorate: "roll", ...placed, ...given } },
    );
    expect([status, body.code]).toEqual([422, "placement.invalid"]);
    return body.errors.map(({ pointer }) => pointer);
  };

  it("is refused where a region would be a mere claim, is none, is placed twice, or none is left", async () => {
    expect(await refused({ electorate: "open" })).toEqual(["/placement"]);
    expect(await refused({ placement: [{ regions: ["west"] }] })).toEqual([
      "/placement/0/regions/0",
    ]);
    expect(await refused({ placement: [{ regions: ["east"] }, { regions: ["east"] }] })).toEqual([
      "/placement/1/regions/0",
    ]);
    expect(await refused({ placement: [{ regions: everyRegion }] })).toEqual(["/placement"]);
    expect(await refused({ shards: 63 })).toEqual(["/placement"]);
    const unknown = Array.from({ length: 1_000 }, (_, index) => `region ${index}`);
    expect(await refused({ placement: [{ regions: unknown }] })).toHaveLength(20);
  });

  it("is refused the same change, and shows what it says", async () => {
    const id = await draftDecision({ electorate: "roll", ...placed });
    const { body } = await api("GET", `/api/v1/decisions/${id}`, { key: adminKey });
    expect(body).toMatchObject({
      shards: 2,
      placement: [
        { regions: ["south"], location_hint: "oc", shards: 2 },
        { regions: ["east"], location_hint: null, shards: 1 },
      ],
    });
    const amended = await api("PATCH", `/api/v1/decisions/${id}`, {
      key: adminKey,
      body: { electorate: "open" },
    });
    expect(amended.body).toMatchObject({ code: "placement.invalid" });
  });

  it("needs its roll again once it places them otherwise", async () => {
    const id = await draftWithRoll(csv, placed);
    await amendDecision(id, { placement: [{ regions: ["south"], shards: 3 }] });
    expect((await takeStep(id, "open")).body).toMatchObject({ code: "roll.outdated" });
    await putRoll(id, csv);
    // Another place alone asks for no other import: the objects are where the first has put them.
    await amendDecision(id, {
      placement: [{ regions: ["south"], shards: 3, location_hint: "apac" }],
    });
    expect((await takeStep(id, "open")).status).toBe(200);
    expect(await shardsOf(id)).toHaveLength(5);
  });

  it("takes no roll that names one voter in regions of two groups", async () => {
    const id = await draftDecision({ electorate: "roll", ...placed });
    const twice = `${csv}SOUTH-4,east\nnorth-1,south\neast-3,north\n`;
    for (const twins of ["refuse", "first"] as const) {
      const { status, body } = await putRoll<{ code: string; twins: object[] }>(id, twice, {
        twins,
      });
      expect([status, body.code]).toEqual([422, "roll.twins"]);
      expect(body.twins).toEqual([
        { line: 52, first_line: 26 },
        { line: 53, first_line: 3 },
        { line: 54, first_line: 45 },
      ]);
    }
    expect((await putRoll(id, csv)).status).toBe(200);
  });

  it("takes no such roll in pieces either", async () => {
    const id = await draftDecision({ electorate: "roll", ...placed });
    const uploads = `/api/v1/decisions/${id}/roll/uploads`;
    const begun = await api<{ import: number }>("POST", uploads, { key: adminKey });
    const { import: number } = begun.body;
    for (const [piece, rows] of ["ana,north\nben,south\n", "ana,south\ncleo,east\n"].entries()) {
      const query = `import=${number}&piece=${piece}&first_line=${2 + 2 * piece}`;
      const headers = { "content-type": "text/csv" };
      const text = `voter_id,region\n${rows}`;
      const sent = await api("PUT", `${uploads}?${query}`, { key: adminKey, text, headers });
      expect(sent.status).toBe(200);
    }
    for (const twins of ["refuse", "first"]) {
      const asked = { import: number, pieces: 2, twins };
      const { body } = await api("POST", `${uploads}/finish`, { key: adminKey, body: asked });
      expect(body).toMatchObject({ code: "roll.twins", status: 422 });
    }
  });

  it("is compared by pids alone, a page of a shard at a time", async () => {
    const id = await draftWithRoll(csv, placed);
    const shard = shardStub(id, 4);
    const pids = (await shard.readRoll(1, "", 100)).map(({ pid }) => pid);
    expect(pids).toHaveLength(10);
    expect(await shard.readRollPids(1, "", 4)).toEqual(pids.slice(0, 4));
    expect(await shard.readRollPids(1, pids[3] ?? "", 100)).toEqual(pids.slice(4));
    const some = ["B".repeat(22), pids[7] ?? "", pids[2] ?? ""];
    expect((await shard.findPidsOnRoll(1, some)).toSorted()).toEqual([pids[2], pids[7]]);
    expect(await shard.readRollPids(2, "", 4)).toEqual([]);
    expect(await shard.findPidsOnRoll(2, pids)).toEqual([]);
  });

  it("opens with few voters in a group only where that is known, and says so in public", async () => {
    const few = { ...placed, disclosure: "pseudonymous" };
    const id = await draftWithRoll(csv.replace("east-9,east\n", ""), few);
    expect((await takeStep(id, "open")).body).toMatchObject({
      code: "roll.small_groups",
      errors: [
        {
          pointer: "/acknowledge_small_groups",
          detail: "Group 2 of placement has 9 on the roll, fewer than 10 for each of 1 shards.",
        },
      ],
    });
    const path = `/api/v1/decisions/${id}`;
    const known = { acknowledge_small_groups: true };
    expect((await api("POST", `${path}/open`, { key: adminKey, body: known })).status).toBe(200);
    const events = await api<{ entries: object[] }>("GET", `${path}/events`);
    expect(events.body.entries).toMatchObject([
      { action: "decision.opened", facts: { small_groups: "acknowledged" } },
    ]);
  });

  it("freezes the shards of all groups, those of the rest first", async () => {
    const id = await opened();
    const { body } = await api("GET", `/api/v1/decisions/${id}/manifest`);
    expect(body["shardMap"]).toEqual([
      { locationHint: null, group: 0 },
      { locationHint: null, group: 0 },
      { locationHint: "oc", group: 1 },
      { locationHint: "oc", group: 1 },
      { locationHint: null, group: 2 },
    ]);
  });
});
