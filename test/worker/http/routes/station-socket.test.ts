import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch, votesOf, type BatchBody } from "../../../support/worker/batches.ts";
import { openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey } from "../../../support/worker/keys.ts";
import { refused } from "../../../support/worker/problems.ts";
import { recordOf } from "../../../support/worker/record.ts";
import {
  offered,
  openStation,
  stationPathOf,
  withNonces,
} from "../../../support/worker/station-socket.ts";

const all = limits.stationVotesUnansweredMax;

describe("a station's socket", () => {
  it.each([1, 3])(
    "answers each message as a batch is answered, by its number: %i shards",
    async (shards) => {
      const id = await openedDecision({ shards });
      const { key } = await issueKey("station", id);
      const station = await openStation(id, key);
      const many = votesOf(40, "yes", "north");
      const single = votesOf(1, "no", "south");
      station.send({ id: 5, votes: withNonces(many), signed: true });
      station.send({ id: 6, votes: withNonces(single) });
      const answers = [await station.nextResults(), await station.nextResults()];
      const [first, second] = answers.toSorted((one, other) => one.id - other.id);
      expect(first).toMatchObject({ id: 5, accepted: 40, repeated: 0, refused: 0 });
      expect(second).toMatchObject({ id: 6, accepted: 1 });
      expect(answers.at(-1)?.credits).toBe(all);
      const posted = await castBatch(id, many, { signed: true });
      expect(posted.body.repeated).toBe(40);
      const receipts = (body?: BatchBody) => body?.results.map(({ receipt }) => receipt);
      expect(receipts(posted.body)).toEqual(receipts(first));
      expect(await recordOf(id)).toHaveLength(41);
      station.close();
    },
  );

  it("gives a repeat the same receipt, and counts it once", async () => {
    const id = await openedDecision();
    const station = await openStation(id, adminKey);
    const votes = withNonces(votesOf(2, "yes", "north"));
    station.send({ id: 1, votes });
    const first = await station.nextResults();
    station.send({ id: 2, votes });
    const again = await station.nextResults();
    expect(again).toMatchObject({ accepted: 0, repeated: 2 });
    expect(again.results.map(({ receipt }) => receipt)).toEqual(
      first.results.map(({ receipt }) => receipt),
    );
    station.close();
  });

  it("takes no more votes than it has granted, and those of a refused message count for nothing", async () => {
    const id = await openedDecision({ shards: 2 });
    const station = await openStation(id, adminKey);
    const batch = (name: string) => withNonces(votesOf(1_000, "yes", "north", name));
    station.send({ id: 1, votes: batch("a") });
    station.send({ id: 2, votes: batch("b") });
    station.send({ id: 3, votes: batch("c").slice(0, 1) });
    const answers = [await station.next(), await station.next(), await station.next()];
    const refusal = answers.find(({ type }) => type === "problem");
    expect(refusal).toMatchObject({ id: 3, credits: 0, problem: { code: "socket.no_credit" } });
    expect(answers.filter(({ type }) => type === "results")).toHaveLength(2);
    expect(answers.at(-1)?.credits).toBe(all);
    station.send({ id: 4, votes: batch("c").slice(0, 1) });
    expect(await station.nextResults()).toMatchObject({ id: 4, accepted: 1, credits: all });
    expect(await recordOf(id)).toHaveLength(2_001);
    station.close();
  });

  it("refuses what a batch would be refused for, by the message's number, and goes on", async () => {
    const id = await openedDecision();
    const station = await openStation(id, adminKey);
    const [vote] = withNonces(votesOf(1, "yes", "north"));
    const cases: [string | object, number | null, string][] = [
      ["[", null, "body.not_json"],
      ["7", null, "body.wrong_type"],
      [{ votes: [vote] }, null, "body.wrong_type"],
      [{ id: 1 }, 1, "body.wrong_type"],
      [{ id: 2, votes: [] }, 2, "body.invalid"],
      [{ id: 3, votes: [{ ...vote, vote: "perhaps" }] }, 3, "vote.invalid_choice"],
      [{ id: 4, votes: [{ ...vote, voter_id: " " }] }, 4, "voter.invalid_id"],
      [{ id: 5, votes: [vote], decision_id: id }, 5, "body.unknown_field"],
    ];
    for (const [message, number, code] of cases) {
      station.send(message);
      const expected = { type: "problem", id: number, credits: all, problem: { code } };
      expect(await station.next(), code).toMatchObject(expected);
    }
    expect(await recordOf(id)).toEqual([]);
    station.send({ id: 6, votes: [vote] });
    await station.nextResults();
    station.send("ping");
    expect(await station.nextText()).toBe("pong");
    station.send("x".repeat(limits.batchBytesMax + 1));
    expect(await station.closed()).toMatchObject({ code: 1009 });
  });

  it("ends with 1008 once its key was revoked, and takes none of that message", async () => {
    const id = await openedDecision();
    const { key, id: keyId } = await issueKey("station", id);
    const station = await openStation(id, key);
    await api("DELETE", `/api/v1/api-keys/${keyId}`, { key: adminKey });
    station.send({ id: 1, votes: withNonces(votesOf(1, "yes", "north")) });
    expect(await station.nextCode()).toBe("key.invalid");
    expect(await station.closed()).toMatchObject({ code: 1008 });
    expect(await recordOf(id)).toEqual([]);
  });

  it("ends with 1000 once voting is over", async () => {
    const id = await openedDecision();
    const station = await openStation(id, adminKey);
    await api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
    station.send({ id: 1, votes: withNonces(votesOf(1, "yes", "north")) });
    expect(await station.nextResults()).toMatchObject({ refused: 1 });
    // The close is on its way: nothing answers this, and nothing breaks.
    station.send("ping");
    station.send({ id: 2, votes: [] });
    expect(await station.closed()).toEqual({ code: 1000, reason: "voting is over" });
  });

  it("is opened for stations of the decision alone, and where it takes votes from them", async () => {
    const [id, another] = [await openedDecision(), await openedDecision()];
    const of = async (role: "station" | "auditor", decision?: string) => ({
      headers: offered((await issueKey(role, decision)).key),
    });
    await refused(
      "GET",
      stationPathOf(id),
      { headers: { upgrade: "websocket" } },
      401,
      "credential.missing",
    );
    await refused("GET", stationPathOf(id), await of("station", another), 403, "role.forbidden");
    await refused("GET", stationPathOf(id), await of("auditor"), 403, "role.forbidden");
    const voter = { headers: offered(await tokenFor(id, "ana")) };
    await refused("GET", stationPathOf(id), voter, 403, "role.forbidden");
    await refused("GET", stationPathOf(id), { key: adminKey }, 426, "route.upgrade_required");
    const excluded = await openedDecision({ stations: "none" });
    const admin = { headers: offered(adminKey) };
    await refused("GET", stationPathOf(excluded), admin, 403, "vote.stations_excluded");
  });
});
