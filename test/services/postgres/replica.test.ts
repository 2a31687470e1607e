import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { postgresLists } from "../../../src/database/postgres/lists.ts";
import { postgresDatabase } from "../../../src/database/postgres/postgres.ts";
import { connectionPerCall } from "../../../src/database/postgres/session.ts";
import type { AnsweredBy, ListReads } from "../../../src/database/replicated-lists.ts";
import { limits } from "../../../src/shared/limits.ts";
import { ballotOf, freshDecisionId } from "../../support/database/samples.ts";
import { createStandby, type Standby } from "../../support/services/standby.ts";
import { createTestDatabase, type TestDatabase } from "../../support/services/test-database.ts";

describe("lists of Postgres with a standby", () => {
  let on: TestDatabase;
  let standby: Standby;
  let now = 0;
  let answers: AnsweredBy[] = [];
  let events: string[] = [];
  beforeAll(async () => {
    on = await createTestDatabase();
    standby = await createStandby();
  });
  afterAll(async () => {
    await standby.remove();
    await on.drop();
  });
  beforeEach(() => {
    [answers, events] = [[], []];
  });

  const replica = () => connectionPerCall(standby.urlOf(on.workerUrl), limits.replicaAnswerMsMax);
  const primary = () => connectionPerCall(on.workerUrl);
  const database = () => postgresDatabase(primary(), (event) => events.push(event), replica());
  const lists = () =>
    postgresLists({
      primary: primary(),
      replica: replica(),
      now: () => now,
      onAnswered: (by) => answers.push(by),
      report: (event) => events.push(event),
    });
  const ballotsOf = (decisionId: string) => async (reads: ListReads) =>
    (await reads.listBallots({ decisionId, after: null, perPage: 100 })).items.length;
  const decisions = (reads: ListReads) =>
    reads.listDecisions({ status: null, audiences: ["everybody", "x"], after: null, perPage: 10 });

  it("are read of the standby by whoever has been here, and show what was seen", async () => {
    const id = freshDecisionId();
    await database().applyBallots([ballotOf(id, 1)]);
    const first = await lists().readSince(null, ballotsOf(id));
    expect(first.value).toBe(1);
    await standby.catchUp();
    const again = await lists().readSince(first.bookmark, ballotsOf(id));
    expect(again.value).toBe(1);
    await standby.catchUp();
    expect((await lists().readSince(again.bookmark, decisions)).value.items).toEqual([]);
    expect(answers).toEqual(["primary_no_bookmark", "replica", "replica"]);
  });

  it("show their reader what was written, however far behind the standby is", async () => {
    const id = freshDecisionId();
    await database().applyBallots([ballotOf(id, 1)]);
    const before = await lists().readSince(null, ballotsOf(id));
    await standby.catchUp();
    await standby.pauseReplay();
    await database().applyBallots([ballotOf(id, 2)]);
    const written = await lists().readSince(null, ballotsOf(id));
    expect(written.value).toBe(2);
    expect((await lists().readSince(written.bookmark, ballotsOf(id))).value).toBe(2);
    // A reader of before is shown what was there before, and then nothing older than the log tells.
    const old = await lists().readSince(before.bookmark, ballotsOf(id));
    expect(old.value).toBe(1);
    expect((await lists().readSince(old.bookmark, ballotsOf(id))).value).toBe(2);
    expect(answers).toEqual([
      "primary_no_bookmark",
      "primary_no_bookmark",
      "primary_behind",
      "replica",
      "primary_behind",
    ]);
    await standby.resumeReplay();
    await standby.catchUp();
    expect((await lists().readSince(written.bookmark, ballotsOf(id))).value).toBe(2);
    expect(answers.at(-1)).toBe("replica");
  });

  it("never go back, whoever answers, while ballots are written and the standby stands still and goes on", async () => {
    const id = freshDecisionId();
    const all = lists();
    let bookmark: string | null = null;
    let shown = 0;
    for (let seq = 1; seq <= 60; seq += 1) {
      await database().applyBallots([ballotOf(id, seq)]);
      if (seq % 20 === 5) await standby.pauseReplay();
      if (seq % 20 === 15) await standby.resumeReplay();
      const read: { value: number; bookmark: string | null } = await all.readSince(
        bookmark,
        ballotsOf(id),
      );
      expect(read.value).toBeGreaterThanOrEqual(shown);
      shown = read.value;
      bookmark = read.bookmark;
    }
    await standby.catchUp();
    expect((await all.readSince(bookmark, ballotsOf(id))).value).toBe(60);
    expect(answers.at(-1)).toBe("replica");
  });

  it.each(["is frozen", "is gone"])(
    "are the primary's while the standby %s, which is left alone for a while, and health says it",
    async (how) => {
      const id = freshDecisionId();
      await database().applyBallots([ballotOf(id, 1)]);
      const all = lists();
      const { bookmark } = await all.readSince(null, ballotsOf(id));
      await standby.catchUp();
      expect((await database().health()).replicaWarnings).toEqual([]);
      if (how === "is frozen") standby.freeze();
      else await standby.stop();
      for (const _ of [1, 2]) expect((await all.readSince(bookmark, ballotsOf(id))).value).toBe(1);
      expect(answers.slice(1)).toEqual(["primary_away", "primary_away"]);
      // The second was not tried.
      expect(events).toEqual(["database.replica_away"]);
      expect(await database().health()).toMatchObject({
        problems: [],
        replicaWarnings: ["the replica does not answer: the primary answers its readers"],
      });
      if (how === "is frozen") standby.thaw();
      else await standby.start();
      await standby.catchUp();
      now += limits.replicaRestMs;
      expect((await all.readSince(bookmark, ballotsOf(id))).value).toBe(1);
      expect(answers.at(-1)).toBe("replica");
    },
  );

  it("take no bookmark for a position that is none", async () => {
    const { value } = await lists().readSince("'; DROP TABLE votes", decisions);
    expect(value.items).toEqual([]);
    expect(answers).toEqual(["primary_no_bookmark"]);
  });

  it("are the primary's once the standby follows it no longer and is one itself, and health says it", async () => {
    const warnings = ["the replica follows no primary: the primary answers its readers"];
    await standby.leavePrimary();
    expect((await database().health()).replicaWarnings).toEqual(warnings);
    await standby.promote();
    expect((await database().health()).replicaWarnings).toEqual(warnings);
    const id = freshDecisionId();
    await database().applyBallots([ballotOf(id, 1)]);
    const { bookmark } = await lists().readSince(null, ballotsOf(id));
    expect((await lists().readSince(bookmark, ballotsOf(id))).value).toBe(1);
    expect(answers).toEqual(["primary_no_bookmark", "primary_behind"]);
  });
});
