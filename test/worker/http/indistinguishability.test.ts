import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { consumeQueue } from "../../../workers/queue-consumer.ts";
import { blankOut } from "../../support/worker/indistinguishability/blank-out.ts";
import {
  observe,
  observeRows,
  type Sight,
} from "../../support/worker/indistinguishability/observe.ts";
import { settleLists } from "../../support/worker/settle-lists.ts";
import {
  castInto,
  endWorld,
  openWorld,
  project,
  report,
  type CastVote,
  type World,
} from "../../support/worker/indistinguishability/world.ts";

/** As many votes of the same voters in the same order, with other choices. */
const yesHeavy: CastVote[] = [
  ["ana", "yes"],
  ["voter-0", "yes"],
  ["voter-1", "yes"],
  ["voter-2", "no"],
  ["voter-3", "yes"],
];
const noHeavy: CastVote[] = [
  ["ana", "no"],
  ["voter-0", "no"],
  ["voter-1", "abstain"],
  ["voter-2", "no"],
  ["voter-3", "no"],
];
/** Somebody votes again: here for something else, there for the same. */
const changed: CastVote[] = [...yesHeavy, ["voter-1", "no"], ["voter-3", "abstain"]];
const confirmed: CastVote[] = [...noHeavy, ["voter-1", "abstain"], ["voter-3", "no"]];
/** Many more. */
const crowd: CastVote[] = [
  ...noHeavy,
  ...Array.from({ length: 9 }, (_, index): CastVote => [`voter-${index + 4}`, "no"]),
];

type Report = { sights: Sight[]; rows: string[]; logged: string[] };

const spies: { mockRestore(): void }[] = [];
afterEach(() => {
  for (const spy of spies.splice(0)) spy.mockRestore();
});

/** Everything that anybody can see of a decision in which these votes were cast, up to its end if it is given. */
async function witness(
  terms: Record<string, unknown>,
  votes: readonly CastVote[],
  end?: "close" | "cancel",
): Promise<Report> {
  const lines: string[] = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    spies.push(
      vi.spyOn(console, method).mockImplementation((...said) => lines.push(said.join(" "))),
    );
  }
  const world = await openWorld(terms);
  await castInto(world, votes);
  if (end !== undefined) await endWorld(world, end);
  await failToWrite(votes.length);
  await settleLists(world.id);
  const rows = [await observeRows(world)];
  const sights = await observe(world);
  // What the walk itself has cast and rebuilt is looked at as well.
  await report(world.id);
  await project(world.id);
  await settleLists(world.id);
  rows.push(await observeRows(world));
  sights.push(...(await lookAgain(world)));
  // How many credentials were refused is counted a minute, whoever was asked about.
  const logged = lines.filter((line) => !line.includes('"credential.refused"'));
  return { sights, rows, logged: logged.map((line) => blankOut(line, world.id)) };
}

/**
 * As the public, past what an isolate shares, and not from a version on: what the walk itself has cast went out in as many deltas as there was
 * time for.
 */
async function lookAgain(world: World): Promise<Sight[]> {
  const sights = await observe({ ...world, keys: new Map([["public", null]]), afresh: true });
  return sights.filter(({ asked }) => !asked.includes("since="));
}

/** The database is down while so many votes are on their way to it: the writer logs that it waits. */
async function failToWrite(votes: number): Promise<void> {
  const messages = Array.from({ length: votes }, (_, index) => ({
    id: String(index),
    timestamp: new Date(),
    attempts: 1,
    body: "{}",
  }));
  const unreachable = {
    ...env,
    DEAD_LETTERS: { sendBatch: () => Promise.reject(new Error("down")) },
  };
  const batch = createMessageBatch<string>("vote-log", messages);
  await consumeQueue(batch, unreachable as unknown as Env);
}

/** Byte for byte; what differs is named with both answers. */
function expectSame(one: Report, other: Report): void {
  const pairs = one.sights.map((sight, index) => [sight, other.sights[index]] as const);
  expect(pairs.filter(([a, b]) => JSON.stringify(a) !== JSON.stringify(b))).toEqual([]);
  expect(one).toEqual(other);
}

// Hundreds of questions, asked of two decisions.

const shards = 1;

describe("until it closes, nobody can tell from any route, row, stream or log line how the votes were cast", () => {
  it.each(["final", "revisable"])(
    "in a %s decision that shows turnout, with as many votes",
    async (revote_policy) => {
      const terms = { visibility: "turnout", revote_policy, shards };
      const [one, other] = revote_policy === "final" ? [yesHeavy, noHeavy] : [changed, confirmed];
      expectSame(await witness(terms, other), await witness(terms, one));
    },
  );

  it("in a decision that shows turnout and merges small regions", async () => {
    const terms = { visibility: "turnout", small_cells_min: 3, shards };
    expectSame(await witness(terms, noHeavy), await witness(terms, yesHeavy));
  });

  it.each(["final", "revisable"])(
    "in a %s decision that is sealed, and not how many there were either",
    async (revote_policy) => {
      const terms = { visibility: "sealed", revote_policy, shards };
      expectSame(await witness(terms, crowd), await witness(terms, yesHeavy));
    },
  );

  it("in a sealed decision whose shards have objects of their own", async () => {
    const terms = { visibility: "sealed", shards: 2 };
    expectSame(await witness(terms, crowd), await witness(terms, yesHeavy));
  });

  it.each(["turnout", "sealed"])(
    "in a decision of visibility %s that was cancelled, ever",
    async (visibility) => {
      const terms = { visibility, shards };
      const seen = await witness(terms, visibility === "sealed" ? crowd : noHeavy, "cancel");
      expectSame(seen, await witness(terms, yesHeavy, "cancel"));
    },
  );
});

describe("the walk that says so", () => {
  it("tells two live decisions apart by what everybody may see, and logs something", async () => {
    const [one, other] = [await witness({ shards }, yesHeavy), await witness({ shards }, noHeavy)];
    expect(other.rows).not.toEqual(one.rows);
    const differing = one.sights.filter((sight, index) => sight.body !== other.sights[index]?.body);
    const asked = new Set(differing.map((sight) => sight.asked.replace(/^.*: /, "")));
    for (const path of ["results", "results/{region}", "results/stream", "results/socket", "audit"])
      expect(asked).toContain(`GET /api/v1/decisions/{decisionId}/${path}`);
    expect(one.logged.length).toBeGreaterThan(0);
  });

  it("tells them apart once they have closed, as it should", async () => {
    const terms = { visibility: "sealed", shards };
    const one = await witness(terms, yesHeavy, "close");
    const other = await witness(terms, noHeavy, "close");
    expect(other.sights).not.toEqual(one.sights);
    expect(other.rows).not.toEqual(one.rows);
  });
});
