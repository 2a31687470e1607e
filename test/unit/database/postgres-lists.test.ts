import { DatabaseError, type Client } from "pg";
import { describe, expect, it } from "vitest";
import { postgresLists } from "../../../src/database/postgres/lists.ts";
import type { PostgresSession } from "../../../src/database/postgres/session.ts";
import type { AnsweredBy } from "../../../src/database/replicated-lists.ts";
import { limits } from "../../../src/shared/limits.ts";

const page = () => Promise.resolve("page");
const refusal = (code: string) =>
  Object.assign(new DatabaseError("not supported here", 1, "error"), { code });

/** Answers any query with these rows, or refuses it. */
const answering = (answer: () => Promise<{ rows: unknown[] }>): PostgresSession => ({
  run: (work) => work({ query: answer } as unknown as Client),
});

function listsOn(primary: PostgresSession, replica: PostgresSession) {
  const clock = { now: 0 };
  const answers: AnsweredBy[] = [];
  const lists = postgresLists({
    primary,
    replica,
    now: () => clock.now,
    onAnswered: (by) => answers.push(by),
    report: () => {},
  });
  return { clock, answers, lists };
}

describe("lists of Postgres beside a replica", () => {
  const well = answering(() => Promise.resolve({ rows: [{ reached: true, position: "0/1" }] }));

  it("are the primary's where the replica has no positions in a log", async () => {
    const without = answering(() => Promise.reject(refusal("0A000")));
    const { lists, answers } = listsOn(well, without);
    const read = await lists.readSince("0/1", page);
    expect(read).toEqual({ value: "page", bookmark: "0/1" });
    expect(answers).toEqual(["primary_away"]);
  });

  it("come without a bookmark where the primary gives no position", async () => {
    const without = answering(() => Promise.reject(refusal("0A000")));
    const { lists } = listsOn(without, well);
    expect(await lists.readSince(null, page)).toEqual({ value: "page", bookmark: null });
  });

  it("let one reader wait for a replica that was away, and all have it when it is back", async () => {
    let asked = 0;
    let answer = (): Promise<{ rows: unknown[] }> => Promise.reject(refusal("57P03"));
    const replica = answering(() => {
      asked += 1;
      return answer();
    });
    const { lists, answers, clock } = listsOn(well, replica);
    const readBy = async (count: number) => {
      asked = 0;
      answers.length = 0;
      clock.now += limits.replicaRestMs;
      await Promise.all(Array.from({ length: count }, () => lists.readSince("0/1", page)));
    };
    await readBy(1);
    await readBy(3);
    expect(asked).toBe(1);
    expect(answers).toEqual(["primary_away", "primary_away", "primary_away"]);
    answer = () => Promise.resolve({ rows: [{ reached: true, position: "0/1" }] });
    await readBy(1);
    await Promise.all([1, 2].map(() => lists.readSince("0/1", page)));
    expect(answers).toEqual(["replica", "replica", "replica"]);
  });
});
