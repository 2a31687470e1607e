import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RoomSearchFeed } from "../../../durable-objects/decision-room/search-feed.ts";
import { indexChanges } from "../../../src/platform/index-changes.ts";
import type { SearchChange } from "../../../src/search/search-change.ts";
import type { SearchStatistics } from "../../../src/search/search.ts";
import { allowLogged, expectLogged } from "../../support/error-lines.ts";
import { idsFound } from "../../support/search/find.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { api, type ReceiptBody } from "../../support/worker/api.ts";
import { castBatch, type VoteItem } from "../../support/worker/batches.ts";
import { readDecision, takeStep } from "../../support/worker/decision-calls.ts";
import { cast, draftDecision, openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { eventually } from "../../support/worker/eventually.ts";
import { roomOf } from "../../support/worker/objects.ts";
import { certified } from "../../support/worker/published.ts";
import { ownWord, reindexAll, theIndex } from "../../support/worker/search.ts";

afterEach(() => vi.restoreAllMocks());

const index = theIndex();

function found(id: string, word: string): Promise<true> {
  return eventually(`${id} among what is found`, async () =>
    (await idsFound(index, word)).includes(id) ? true : null,
  );
}

const firstVotes: VoteItem[] = Array.from({ length: 24 }, (_, voter) => ({
  voter_id: `voter-${voter}`,
  vote: (["yes", "no", "abstain"] as const)[voter % 3] ?? "yes",
  region: voter % 2 === 0 ? "north" : "south",
}));
/** The first four think again. */
const secondVotes: VoteItem[] = firstVotes.slice(0, 4).map((vote) => ({ ...vote, vote: "no" }));
const counted = [...secondVotes, ...firstVotes.slice(4)];

/** Counts as an auditor would, who has the votes. */
function countOf(votes: readonly VoteItem[]) {
  const counts = { yes: 0, no: 0, abstain: 0 };
  for (const { vote } of votes) counts[vote as keyof typeof counts] += 1;
  return counts;
}

/** A certified decision with votes, changed votes, and Ada who has taken hers back. */
async function certifiedDecision(title: string, more: Record<string, unknown> = {}) {
  const id = await openedDecision({ title, revote_policy: "revisable", ...more });
  const token = await tokenFor(id, "ada");
  const own = { nonce: labelNonce("ada's vote") };
  const { body } = await cast<ReceiptBody>(id, token, "yes", undefined, own);
  await castBatch(id, firstVotes);
  await castBatch(id, secondVotes);
  const withdrawn = await api("POST", "/api/v1/voting/withdraw", {
    key: token,
    body: { decision_id: id, nonce: labelNonce("ada's withdrawal"), proof: body.r },
  });
  expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(201);
  await takeStep(id, "close");
  return certified(id);
}

/** Statistics of a decision once all of its ballots are in the index. */
function statisticsOf(id: string, ballots: number): Promise<SearchStatistics> {
  return eventually(`the ballots of ${id}`, async () => {
    const statistics = await index.statistics(id);
    const { yes, no, abstain } = statistics.ballots.total;
    return yes + no + abstain === ballots ? statistics : null;
  });
}

/** Every row that the index has of a decision, as one text. */
async function rowsOf(id: string): Promise<string> {
  const decision = await env.SEARCH_DB.prepare(
    "SELECT * FROM search_decisions JOIN search_texts USING (number) WHERE id = ?",
  )
    .bind(id)
    .all();
  const ballots = await env.SEARCH_DB.prepare(
    "SELECT * FROM search_ballots WHERE decision_id = ? ORDER BY page, region, month",
  )
    .bind(id)
    .all();
  return JSON.stringify([decision.results, ballots.results]);
}

describe("what a room tells the index", () => {
  it("is found once it is opened, and no draft ever is", async () => {
    const word = ownWord();
    const draft = await draftDecision({ title: `Draft of ${word}` });
    await runDurableObjectAlarm(roomOf(draft));
    const id = await openedDecision({ title: `Protect ${word}` });
    await found(id, word);
    expect(await idsFound(index, word)).toEqual([id]);
    expect(await idsFound(index, word, { statuses: ["open"] })).toEqual([id]);
    await takeStep(draft, "cancel");
    await runDurableObjectAlarm(roomOf(draft));
    await takeStep(id, "cancel");
    await eventually("the cancelled decision", async () =>
      (await idsFound(index, word, { statuses: ["cancelled"] })).length === 1 ? true : null,
    );
    expect(await idsFound(index, word)).toEqual([id]);
  });

  it("is of a rehearsal its words, and neither its ballots nor what came of it", async () => {
    const word = ownWord();
    const id = await certifiedDecision(word, { rehearsal: true });
    await eventually("the certified rehearsal", async () =>
      (await idsFound(index, word, { statuses: ["certified"] })).length === 1 ? true : null,
    );
    expect(await idsFound(index, word, { outcomes: ["carried", "not_carried"] })).toEqual([]);
    expect((await statisticsOf(id, 0)).ballots.total).toEqual(countOf([]));
    const stats = await api("GET", `/api/v1/decisions/${id}/stats`, { afresh: true });
    expect(stats.body).toMatchObject({ ballots: null, ballots_counted: null, turnout: null });
  });

  it("is every counted ballot once certified: neither what was changed nor what was taken back", async () => {
    const word = ownWord();
    const id = await certifiedDecision(word);
    const { ballots } = await statisticsOf(id, counted.length);
    expect(ballots.total).toEqual(countOf(counted));
    const byRegion = new Map(ballots.byRegion.map(({ region, counts }) => [region, counts]));
    for (const region of ["north", "south"])
      expect(byRegion.get(region)).toEqual(
        countOf(counted.filter((vote) => vote.region === region)),
      );
    await eventually("its outcome", async () =>
      (
        await idsFound(index, word, {
          statuses: ["certified"],
          outcomes: ["carried", "not_carried", "tie", "no_quorum"],
        })
      ).length === 1
        ? true
        : null,
    );
  });

  it("is no ballot of a decision whose choices are not published", async () => {
    const word = ownWord();
    const id = await certifiedDecision(word, { disclosure: "aggregate" });
    await eventually("the certificate in the index", async () =>
      (await idsFound(index, word, { statuses: ["certified"] })).length === 1 ? true : null,
    );
    expect((await index.statistics(id)).ballots.total).toEqual({ yes: 0, no: 0, abstain: 0 });
    const page = await runInDurableObject(roomOf(id), (room) => room.searchPage(1));
    expect(page).toBeNull();
  });

  it("is no ballot before the certificate, though all are published by then", async () => {
    const id = await openedDecision();
    await castBatch(id, firstVotes);
    const pageOf = () => runInDurableObject(roomOf(id), (room) => room.searchPage(1));
    expect(await pageOf()).toBeNull();
    await takeStep(id, "close");
    expect(await pageOf()).toBeNull();
    await certified(id);
    expect(await pageOf()).not.toBeNull();
  });

  it("comes to the same rows when it is told again, in another order and out of date", async () => {
    const word = ownWord();
    const id = await certifiedDecision(word);
    await statisticsOf(id, counted.length);
    await eventually("the certificate in the index", async () =>
      (await idsFound(index, word, { statuses: ["certified"] })).length === 1 ? true : null,
    );
    const before = await rowsOf(id);
    const changes: SearchChange[] = [
      { kind: "ballots", decisionId: id, page: 1, at: 1 },
      { kind: "decision", decisionId: id, at: 1 },
      { kind: "tick", at: 1 },
      { kind: "ballots", decisionId: id, page: 9, at: 1 },
    ];
    const tell = (some: readonly SearchChange[]) =>
      indexChanges(
        env,
        some.map((change) => ({ text: JSON.stringify(change), change, tries: 1 })),
      );
    for (const some of [changes, changes.toReversed(), [...changes, ...changes]])
      expect(await tell(some)).toEqual([]);
    expect(await rowsOf(id)).toBe(before);
  });

  it("is told by the next instance where this one died before it was", async () => {
    const word = ownWord();
    const dying = vi.spyOn(RoomSearchFeed.prototype, "onAlarm").mockResolvedValue();
    const id = await openedDecision({ title: word });
    await runDurableObjectAlarm(roomOf(id));
    expect(dying).toHaveBeenCalled();
    expect(await idsFound(index, word)).toEqual([]);
    dying.mockRestore();
    await runInDurableObject(roomOf(id), (_, { storage }) => storage.deleteAlarm());
    await evictDurableObject(roomOf(id));
    await eventually("the mark", () =>
      runInDurableObject(
        roomOf(id),
        (_, { storage }) => storage.kv.get<number>("search_told") ?? null,
      ),
    );
    await found(id, word);
  });

  it("is nothing while its outcome is a newer release's, which keeps the room from nothing else", async () => {
    const word = ownWord();
    const id = await certifiedDecision(word);
    await statisticsOf(id, counted.length);
    const setVersion = async (version: number) => {
      await runInDurableObject(roomOf(id), async (_, { storage }) => {
        const kept = storage.kv.get<object>("outcome");
        storage.kv.put("outcome", { ...kept, v: version });
        await storage.sync();
      });
      await evictDurableObject(roomOf(id));
    };
    await setVersion(2);
    expect((await readDecision(id)).body).toMatchObject({ id, status: "certified" });
    await expectLogged("room.search_not_told", { decision: id });
    await setVersion(1);
    expect((await readDecision(id)).status).toBe(200);
  });
});

describe("an index that has lost everything", () => {
  const wipe = () => env.SEARCH_DB.exec("UPDATE search_state SET indexed_to = NULL");
  const searchPart = async () => {
    const { search } = (
      await api<{ search: { problems: string[]; indexed_to: string | null } }>("GET", "/readyz", {
        afresh: true,
      })
    ).body;
    return search;
  };

  it("says so, and takes changes without their time, until all is filled again", async () => {
    const word = ownWord();
    const id = await openedDecision({ title: word });
    await found(id, word);
    await eventually("its time", async () => await index.indexedTo());
    await wipe();
    const later = await openedDecision({ title: word });
    await found(later, word);
    expect(await searchPart()).toEqual({
      kind: "embedded",
      indexed_to: null,
      problems: ["the index has lost what it had: `enviro reindex` fills it again"],
    });
    await reindexAll();
    expect(await searchPart()).toMatchObject({ indexed_to: expect.any(String), problems: [] });
  });
});

describe("an index that is away", () => {
  const rename = (from: string, to: string) =>
    env.SEARCH_DB.exec(`ALTER TABLE ${from} RENAME TO ${to}`);

  it("holds up no vote and no certificate, is told of by readiness, and has everything after", async () => {
    allowLogged("search.waits", {});
    await rename("search_state", "search_state_away");
    const word = ownWord();
    const id = await certifiedDecision(word);
    await expectLogged("search.waits");
    const { status, body } = await api<{ status: string; search: { problems: string[] } }>(
      "GET",
      "/readyz",
    );
    expect([status, body.status]).toEqual([200, "ready"]);
    expect(body.search.problems).not.toEqual([]);
    await rename("search_state_away", "search_state");
    await found(id, word);
    const { ballots } = await statisticsOf(id, counted.length);
    expect(ballots.total).toEqual(countOf(counted));
  });
});
