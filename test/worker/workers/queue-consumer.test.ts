import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { sha256Hex } from "../../../src/auth/digest.ts";
import type { Ballot } from "../../../src/ballot/ballot.ts";
import { d1Database } from "../../../src/database/d1/d1.ts";
import { encodeDeadLetter } from "../../../src/vote-log/dead-letter.ts";
import { prefixTrace } from "../../../src/vote-log/traced-text.ts";
import { redeliveryDelaySeconds } from "../../../src/vote-log/queue.ts";
import type { DeadLetter } from "../../../src/database/database.ts";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { logSignatureOf } from "../../../src/platform/vote-log.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { encodeRecord } from "../../../src/vote-log/vote-record.ts";
import { consumeQueue } from "../../../workers/queue-consumer.ts";
import type { SearchChange } from "../../../src/search/search-change.ts";
import { signChange } from "../../../src/search/signed-change.ts";
import { limits } from "../../../src/shared/limits.ts";
import { expectLogged } from "../../support/error-lines.ts";
import { asking } from "../../support/search/find.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { openedDecision } from "../../support/worker/decisions.ts";
import { theIndex } from "../../support/worker/search.ts";
import { eventually } from "../../support/worker/eventually.ts";

const database = d1Database(env.DB);

/** A text as this deployment signs it. */
const own = (text: string): string => signText(logSignatureOf(env), text);

/** A deployment whose database is not there. */
const withoutDatabase: Env = { ...env, ...({ DATABASE: "postgres" } as unknown as Partial<Env>) };

/** These texts as one batch of a queue: the first for the first time, the second for the second, and so on. */
function batchOf(queue: string, texts: readonly string[]): MessageBatch<string> {
  const messages = texts.map((body, index) => ({
    id: String(index),
    timestamp: new Date(),
    attempts: index + 1,
    body,
  }));
  return createMessageBatch<string>(queue, messages);
}

/** Lets the Worker consume these texts, and tells what became of their messages. */
async function consume(queue: string, texts: readonly string[], deployment: Env = env) {
  const batch = batchOf(queue, texts);
  await consumeQueue(batch, deployment);
  return getQueueResult(batch, createExecutionContext());
}

function recordOf(decisionId: string, spoiled: Partial<Ballot> = {}): string {
  const ballots = [1, 2, 3].map((seq): Ballot => ({
    seq,
    pid: String(seq).padStart(22, "p"),
    choice: "yes",
    region: "north",
    weight: 1,
    acceptedAt: 1_700_000_000_000,
    ...(seq === 2 ? spoiled : {}),
  }));
  return encodeRecord({ decisionId, shard: 0, epoch: 1, ballots });
}

function deadLetterOf(decisionId: string, at = 1): DeadLetter {
  const id = `${decisionId}:0:1`;
  return { id, body: "{}", decisionId, shard: 0, seq: 1, cause: "by hand", retries: 3, at };
}

async function storedSeqs(decisionId: string): Promise<number[]> {
  const query = { decisionId, after: null, perPage: 100 };
  return (await database.listBallots(query)).items.map(({ seq }) => seq);
}

async function countDeadLetters(): Promise<unknown> {
  return env.DB.prepare("SELECT count(*) AS stored FROM dead_letters").first("stored");
}

/** The records are made up: their shard says that it never accepted such ballots. */
function expectUnknownBallots(decision: string): Promise<void> {
  return expectLogged("writer.confirm_failed", { decision, shard: 0 });
}

/** What is logged of a text that is no record: that there is one, and nothing of what it says. */
function expectDeadLetterLine(): Promise<void> {
  const line = { level: "error", event: "writer.dead_letter", reason: "unreadable" };
  return expectLogged("writer.dead_letter", {
    ...line,
    decision: null,
    shard: null,
    retries: 0,
  } as object);
}

const anyName = ["vote-log", "votes-dlq", "staging-vote-log", "staging-votes-dlq"];

describe("a queue's consumer", () => {
  it.each(anyName)(
    "writes a record of votes into the database, and makes no dead letter of it, when it comes by %s",
    async (queue) => {
      const before = await countDeadLetters();
      const result = await consume(queue, [own(recordOf(`votes-by-${queue}`))]);
      expect([result.explicitAcks, result.retryMessages]).toEqual([["0"], []]);
      expect(await storedSeqs(`votes-by-${queue}`)).toEqual([1, 2, 3]);
      expect(await countDeadLetters()).toBe(before);
      await expectUnknownBallots(`votes-by-${queue}`);
    },
  );

  it.each(anyName)("keeps a dead letter as it is when it comes by %s", async (queue) => {
    const deadLetter = deadLetterOf(`dead-letter-by-${queue}`);
    await consume(queue, [own(encodeDeadLetter(deadLetter))]);
    expect(await database.findDeadLetter(deadLetter.id)).toEqual({
      ...deadLetter,
      isOpen: true,
    });
  });

  it("keeps the newest of a ballot's dead letters that come together", async () => {
    const deadLetters = [2, 5, 4].map((at) => deadLetterOf("together", at));
    await consume(
      "votes-dlq",
      deadLetters.map((each) => own(encodeDeadLetter(each))),
    );
    expect(await database.findDeadLetter("together:0:1")).toMatchObject({ at: 5 });
  });

  it("makes a dead letter of the ballot alone that the database refuses in a record that a queue has given up", async () => {
    await consume("votes-dlq", [own(recordOf("given-up", { pid: "x".repeat(65) }))]);
    expect(await storedSeqs("given-up")).toEqual([1, 3]);
    const deadLetter = await eventually("the dead letter", () =>
      database.findDeadLetter("given-up:0:2"),
    );
    expect(deadLetter).toMatchObject({ decisionId: "given-up", seq: 2, retries: 3, isOpen: true });
    expect(deadLetter.cause).toContain("constraint failed");
    await expectUnknownBallots("given-up");
    await expectLogged("writer.dead_letter", { decision: "given-up", shard: 0 });
  });

  const keys = env.BALLOT_TOKEN_KEYS;
  const otherKeys = `theirs:${"C".repeat(43)}`;
  const strangers: [string, (text: string) => string, string][] = [
    [
      "of a deployment with other keys and another name",
      (text) => signText(logSignature("their-deployment", otherKeys), text),
      "it is of the deployment their-deployment, not of this one",
    ],
    [
      "of a deployment that has the same keys by mistake",
      (text) => signText(logSignature("their-deployment", keys), text),
      "it is of the deployment their-deployment, not of this one",
    ],
    [
      "forged in this deployment's name",
      (text) => signText(logSignature("enviro-governance", otherKeys), text),
      "its signature is of no key of this deployment",
    ],
    [
      "of this deployment with a changed ballot",
      (text) => own(text).replace(/\}$/, " }"),
      "its signature is of no key of this deployment",
    ],
    ["that nobody signed", (text) => text, "has no version"],
  ];

  it.each(strangers)(
    "lets no record %s take the place of a ballot, and says why",
    async (_, signed, why) => {
      const decisionId = `strangers-${crypto.randomUUID().slice(0, 8)}`;
      const stranger = signed(recordOf(decisionId, { pid: "s".repeat(22) }));
      await consume("vote-log", [stranger]);
      await consume("vote-log", [own(recordOf(decisionId))]);
      const { items } = await database.listBallots({ decisionId, after: null, perPage: 10 });
      expect(items.map(({ pid }) => pid.at(-1))).toEqual(["1", "2", "3"]);
      const deadLetter = await eventually("the dead letter", () =>
        database.findDeadLetter(sha256Hex(stranger)),
      );
      expect(deadLetter).toMatchObject({ body: stranger, decisionId: null, isOpen: true });
      expect(deadLetter.cause).toContain(why);
      await expectUnknownBallots(decisionId);
      await expectDeadLetterLine();
    },
  );

  it.each(strangers)("lets no dead letter %s name a ballot", async (_, signed) => {
    const decisionId = `strangers-${crypto.randomUUID().slice(0, 8)}`;
    const stranger = signed(encodeDeadLetter(deadLetterOf(decisionId)));
    await consume("votes-dlq", [stranger]);
    const deadLetter = await eventually("the dead letter", () =>
      database.findDeadLetter(sha256Hex(stranger)),
    );
    expect(deadLetter.decisionId).toBeNull();
    expect(await database.findDeadLetter(`${decisionId}:0:1`)).toBeNull();
    await expectDeadLetterLine();
  });

  it("keeps nothing of the span that stands before a text, whether it can be read or not", async () => {
    const trace = `00-${"a1".repeat(16)}-${"b2".repeat(8)}-01`;
    const unreadable = "neither a record nor a dead letter, with a span";
    await consume("vote-log", [prefixTrace(own(recordOf("traced")), trace)]);
    await consume("vote-log", [prefixTrace(unreadable, trace)]);
    expect(await storedSeqs("traced")).toEqual([1, 2, 3]);
    const deadLetter = await eventually("the dead letter", () =>
      database.findDeadLetter(sha256Hex(unreadable)),
    );
    expect(deadLetter).toMatchObject({ body: unreadable });
    await expectUnknownBallots("traced");
    await expectDeadLetterLine();
  });

  it("keeps what can't be read as one dead letter, by whichever queue it comes", async () => {
    const before = Number(await countDeadLetters());
    for (const queue of anyName) await consume(queue, ["neither a record nor a dead letter"]);
    await eventually("the dead letter", async () =>
      (await countDeadLetters()) === before ? null : true,
    );
    expect(await countDeadLetters()).toBe(before + 1);
    await expectDeadLetterLine();
  });

  it("acknowledges nothing while there is no database, whether votes or dead letters come", async () => {
    const texts = [own(recordOf("waiting")), own(encodeDeadLetter(deadLetterOf("waiting")))];
    for (const queue of ["vote-log", "votes-dlq"]) {
      for (const text of texts) {
        const { explicitAcks, retryMessages } = await consume(queue, [text], withoutDatabase);
        expect([explicitAcks, retryMessages]).toEqual([[], [{ msgId: "0" }]]);
      }
    }
    await consume("votes-dlq", texts);
    expect(await storedSeqs("waiting")).toEqual([1, 2, 3]);
    expect(await database.findDeadLetter("waiting:0:1")).toMatchObject({ isOpen: false });
    await expectLogged("writer.waits");
    await expectUnknownBallots("waiting");
  });

  it("lets each message wait by its own tries, not by those of the batch that it came in", async () => {
    const tries = [1, 2, 3, 4, 5, 6];
    const batch = batchOf(
      "vote-log",
      tries.map(() => own(recordOf("patient"))),
    );
    const retries = batch.messages.map((message) => vi.spyOn(message, "retry"));
    await consumeQueue(batch, withoutDatabase);
    expect(retries.map(({ mock }) => mock.calls)).toEqual(
      tries.map((attempts) => [[{ delaySeconds: redeliveryDelaySeconds(attempts) }]]),
    );
    await expectLogged("writer.waits");
  });
});

const ownChange = (change: SearchChange): string => signChange(logSignatureOf(env), change);

/** A deployment whose index is not there. */
const withoutIndex: Env = { ...env, ...({ SEARCH: "nowhere" } as unknown as Partial<Env>) };
/** One that has no index. */
const withoutSearch: Env = { ...env, ...({ SEARCH: "none" } as unknown as Partial<Env>) };
/** One whose objects don't answer. */
const withoutRooms: Env = {
  ...env,
  DECISION_ROOM: new Proxy(env.DECISION_ROOM, {
    get() {
      throw new Error("Network connection lost.");
    },
  }),
};

async function openedInIndex(id: string): Promise<boolean> {
  const { hits } = await theIndex().searchDecisions(asking({ words: "consumed" }));
  return hits.some((hit) => hit.id === id);
}

/** The same batch with this many tries behind each message. */
function triedBatch(texts: readonly string[], attempts: number): MessageBatch<string> {
  const messages = texts.map((body, index) => ({
    id: String(index),
    timestamp: new Date(),
    attempts,
    body,
  }));
  return createMessageBatch<string>("search-feed", messages);
}

async function consumeTried(texts: readonly string[], attempts: number, deployment: Env) {
  const batch = triedBatch(texts, attempts);
  await consumeQueue(batch, deployment);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  return { acked: explicitAcks.toSorted(), again: retryMessages.map(({ msgId }) => msgId) };
}

describe("a queue's consumer of changes of the search index", () => {
  it.each(["search-feed", "votes-dlq"])(
    "brings them into the index beside records of votes when they come by %s",
    async (queue) => {
      const id = await openedDecision({ title: "Consumed" });
      const votes = `votes-beside-changes-${queue}`;
      const result = await consume(queue, [
        ownChange({ kind: "decision", decisionId: id, at: 5 }),
        own(recordOf(votes)),
        ownChange({ kind: "tick", at: 6 }),
      ]);
      expect(result.explicitAcks.toSorted()).toEqual(["0", "1", "2"]);
      expect(await openedInIndex(id)).toBe(true);
      expect(await storedSeqs(votes)).toEqual([1, 2, 3]);
      await expectUnknownBallots(votes);
    },
  );

  it("has them come again while the index is away, but for the time, and writes votes all the same", async () => {
    const votes = "votes-without-index";
    const texts = [
      ownChange({ kind: "decision", decisionId: "delta", at: 5 }),
      ownChange({ kind: "tick", at: 6 }),
      own(recordOf(votes)),
    ];
    expect(await consumeTried(texts, 1, withoutIndex)).toEqual({ acked: ["1", "2"], again: ["0"] });
    expect(await storedSeqs(votes)).toEqual([1, 2, 3]);
    await expectLogged("search.waits");
    await expectUnknownBallots(votes);
  });

  it("sends one anew that was tried often, so that its queue never gives it up", async () => {
    const sent = vi.spyOn(env.SEARCH_FEED, "sendBatch").mockResolvedValue({} as never);
    const text = ownChange({ kind: "decision", decisionId: "delta", at: 5 });
    const tries = limits.searchRepublishTries;
    expect(await consumeTried([text], tries - 1, withoutIndex)).toEqual({
      acked: [],
      again: ["0"],
    });
    expect(sent).not.toHaveBeenCalled();
    expect(await consumeTried([text], tries, withoutIndex)).toEqual({ acked: ["0"], again: [] });
    expect(sent.mock.calls.map(([messages]) => messages)).toEqual([
      [{ body: text, contentType: "text" }],
    ]);
    sent.mockRejectedValue(new Error("the queue is away"));
    expect(await consumeTried([text], tries, withoutIndex)).toEqual({ acked: [], again: ["0"] });
    sent.mockRestore();
    await expectLogged("search.waits");
  });

  it("drops them where the deployment has no search", async () => {
    const text = ownChange({ kind: "decision", decisionId: "delta", at: 5 });
    expect(await consumeTried([text], 1, withoutSearch)).toEqual({ acked: ["0"], again: [] });
  });

  it("makes a dead letter of one whose decision can't be read, which is replayed once it can", async () => {
    const id = await openedDecision({ title: "Consumed" });
    const text = ownChange({ kind: "decision", decisionId: id, at: 5 });
    const tries = limits.searchReadTriesMax;
    expect(await consumeTried([text], tries - 1, withoutRooms)).toEqual({
      acked: [],
      again: ["0"],
    });
    expect(await consumeTried([text], tries, withoutRooms)).toEqual({ acked: ["0"], again: [] });
    const letter = sha256Hex(text);
    const stored = await eventually("the dead letter", () => database.findDeadLetter(letter));
    expect(stored).toMatchObject({ body: text, decisionId: null, retries: tries - 1 });
    await expectLogged("writer.dead_letter", { decision: null, reason: "unreadable" } as object);

    const path = `/api/v1/dead-letters/${letter}`;
    const refused = await api<{ code: string }>("POST", `${path}/dismiss`, { key: adminKey });
    expect([refused.status, refused.body.code]).toEqual([409, "dead_letter.replayable"]);
    const replayed = await api("POST", `${path}/replay`, { key: adminKey });
    expect(replayed.body).toEqual({ id: letter, outcome: "landed" });
    expect(await openedInIndex(id)).toBe(true);
    expect(await database.findDeadLetter(letter)).toBeNull();
  });

  it("asks no room by an id that was not given out, which would make it", async () => {
    const asked = vi.spyOn(env.DECISION_ROOM, "getByName");
    const text = ownChange({ kind: "ballots", decisionId: "made-up", page: 1, at: 5 });
    expect(await consumeTried([text], 1, env)).toEqual({ acked: ["0"], again: [] });
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});
