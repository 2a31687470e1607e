import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { d1Database } from "../../../src/database/d1/d1.ts";
import { d1Lists } from "../../../src/database/d1/lists.ts";
import { DatabaseUnavailable } from "../../../src/database/database.ts";
import type { ListReads } from "../../../src/database/replicated-lists.ts";
import { freshDecisionId } from "../../support/database/samples.ts";

const query = { status: null, audiences: null, after: null, perPage: 100 };
const listAll = (lists: ListReads) => lists.listDecisions(query);

/** D1 as it is here, with a note of where each session began. */
function watched(fails: (start: string) => boolean = () => false) {
  const starts: string[] = [];
  const lists = d1Lists({
    withSession(start = "first-unconstrained") {
      starts.push(start);
      if (fails(start)) throw new Error("D1_ERROR: the bookmark is not known");
      return env.DB.withSession(start);
    },
  });
  return { starts, lists };
}

describe("lists by D1's sessions", () => {
  it("begin with the primary, and go on from what was seen: also what was written since is there", async () => {
    const { starts, lists } = watched();
    const first = await lists.readSince(null, listAll);
    expect(first.bookmark).toEqual(expect.any(String));
    await d1Database(env.DB).project(
      {
        id: freshDecisionId(),
        title: "Delta",
        status: "open",
        createdAt: 1,
        audience: "everybody",
        owner: null,
        document: "{}",
        revision: 1,
      },
      [],
    );
    const next = await lists.readSince(first.bookmark, listAll);
    expect(next.value.items.length).toBe(first.value.items.length + 1);
    expect(starts).toEqual(["first-primary", first.bookmark]);
  });

  it("ask the primary where D1 knows a bookmark no longer", async () => {
    const { starts, lists } = watched((start) => start === "of a time that never was");
    const { value } = await lists.readSince("of a time that never was", listAll);
    expect(value.items.length).toBeGreaterThan(0);
    expect(starts).toEqual(["of a time that never was", "first-primary"]);
  });

  it("say that the database is away where the primary is, and pass a fault of ours on", async () => {
    const { lists } = watched(() => true);
    for (const bookmark of [null, "seen"])
      await expect(lists.readSince(bookmark, listAll)).rejects.toThrow(DatabaseUnavailable);
    const fault = watched();
    const own = new TypeError("ours");
    await expect(fault.lists.readSince("seen", () => Promise.reject(own))).rejects.toBe(own);
    expect(fault.starts).toEqual(["seen"]);
  });
});
