import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShardAddress } from "../../../src/ballot/receipt.ts";
import type { DeadLetter, ShardBallot } from "../../../src/database/database.ts";
import { limits } from "../../../src/shared/limits.ts";
import { encodeDeadLetter } from "../../../src/vote-log/dead-letter.ts";
import { memoryDeadLetters } from "../../../src/vote-log/memory.ts";
import type { Confirmation } from "../../../src/vote-log/outbox.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { decodeRecord } from "../../../src/vote-log/vote-record.ts";
import { writeRecords } from "../../../src/vote-log/write-records.ts";
import { modelDatabase } from "../../support/vote-log/model-database.ts";
import {
  ownSignature,
  sampleDeadLetter,
  sampleRecord,
  sampleRun,
} from "../../support/vote-log/sample-records.ts";

const delta = { decisionId: "delta", shard: 0, epoch: 1 };
const now = 1_800_000_000_000;

/** A writer over a database of lists, with all that it says. */
function writer() {
  const store = modelDatabase();
  const deadLetters = memoryDeadLetters();
  const confirmed: (ShardAddress & Confirmation)[] = [];
  const heard: DeadLetter[] = [];
  const deps = {
    store,
    deadLetters,
    confirm: async ({ decisionId, shard }: ShardAddress, confirmation: Confirmation) => {
      confirmed.push({ decisionId, shard, ...confirmation });
    },
    onWritten: () => undefined,
    onDeadLetter: (deadLetter: DeadLetter) => {
      // It is heard of once it is durable.
      expect(deadLetters.kept).toContainEqual(deadLetter);
      heard.push(deadLetter);
    },
    now: () => now,
    signature: ownSignature,
    digest: (text: string) => `digest of ${text}`,
  };
  const write = (...texts: string[]) => writeRecords(deps, texts);
  return { store, deadLetters, confirmed, heard, deps, write };
}

function seqsOf(rows: Iterable<ShardBallot>): number[] {
  return [...rows].map(({ seq }) => seq);
}

function byShard(a: ShardAddress, b: ShardAddress): number {
  return a.shard - b.shard;
}

describe("writing delivered records", () => {
  it("stores every ballot with its shard, and tells each shard once how far it is stored", async () => {
    const { store, confirmed, heard, write } = writer();
    await write(
      sampleRecord(delta, 1, 3),
      sampleRecord({ ...delta, shard: 1 }, 1, 2),
      sampleRecord(delta, 4, 5),
    );
    const ofShard = (shard: number, toSeq: number) =>
      sampleRun(1, toSeq).map((ballot) => ({ decisionId: "delta", shard, ...ballot }));
    expect([...store.rows.values()].toSorted(byShard)).toEqual([
      ...ofShard(0, 5),
      ...ofShard(1, 2),
    ]);
    expect(confirmed.toSorted(byShard)).toEqual([
      { ...delta, appliedSeq: 5 },
      { ...delta, shard: 1, appliedSeq: 2 },
    ]);
    expect(heard).toEqual([]);
  });

  it("confirms no ballot behind one that has not come", async () => {
    const { confirmed, write } = writer();
    await write(sampleRecord(delta, 1, 2), sampleRecord(delta, 4, 6));
    expect(confirmed).toEqual([{ ...delta, appliedSeq: 2 }]);
  });

  it("confirms in the newest epoch that came, since a rebuild empties the database before it", async () => {
    for (const epochs of [
      [1, 3, 2],
      [3, 1, 2],
      [2, 1, 3],
    ]) {
      const { confirmed, write } = writer();
      await write(
        ...epochs.map((epoch, index) => sampleRecord({ ...delta, epoch }, index + 1, index + 1)),
      );
      expect(confirmed).toEqual([{ ...delta, epoch: 3, appliedSeq: 3 }]);
    }
  });

  it("holds no more ballots in a transaction than one may have, and leaves none out", async () => {
    const max = limits.writerBallotsMax;
    for (const count of [max - 1, max, max + 1, 2 * max, 2 * max + 1]) {
      const { store, confirmed, write } = writer();
      const texts = [];
      for (let from = 1; from <= count; from += 300) {
        texts.push(sampleRecord(delta, from, Math.min(from + 299, count)));
      }
      await write(...texts);
      expect(seqsOf(store.rows.values())).toEqual(
        seqsOf(sampleRun(1, count).map((ballot) => ({ ...delta, ...ballot }))),
      );
      expect(Math.max(...store.transactions)).toBeLessThanOrEqual(max);
      expect(store.transactions).toHaveLength(Math.ceil(count / max));
      expect(confirmed).toEqual([{ ...delta, appliedSeq: count }]);
    }
  });

  it("asks nothing of anybody where nothing came", async () => {
    const { store, confirmed, deps, write } = writer();
    deps.deadLetters.put = () => Promise.reject(new Error("asked for nothing"));
    await write();
    expect([store.transactions, store.keeps, confirmed]).toEqual([[], [], []]);
  });

  it("passes an outage on and confirms nothing, so that the same records come again", async () => {
    const { store, confirmed, deadLetters, write } = writer();
    store.outage = new Error("the database is away");
    await expect(write(sampleRecord(delta, 1, 3))).rejects.toBe(store.outage);
    // It is no poison, which would be looked for in ever smaller parts.
    expect(store.transactions).toEqual([3]);
    await expect(
      write(signText(ownSignature, encodeDeadLetter(sampleDeadLetter("delta", 1)))),
    ).rejects.toBe(store.outage);
    expect([confirmed, deadLetters.kept]).toEqual([[], []]);
    store.outage = null;
    await write(sampleRecord(delta, 1, 3));
    expect(confirmed).toEqual([{ ...delta, appliedSeq: 3 }]);
  });

  it("passes an outage on that begins while a refused batch is halved", async () => {
    const { store, confirmed, deadLetters, write } = writer();
    const outage = new Error("the database is away");
    store.refuses = (_, transaction) => {
      if (transaction > 0) throw outage;
      return true;
    };
    await expect(write(sampleRecord(delta, 1, 3))).rejects.toBe(outage);
    expect([confirmed, deadLetters.kept]).toEqual([[], []]);
  });

  it("passes an outage on that begins while a refused ballot is tried again", async () => {
    const { store, confirmed, deadLetters, write } = writer();
    const outage = new Error("the database is away");
    store.refuses = (_, transaction) => {
      if (transaction > 1) throw outage;
      return true;
    };
    await expect(write(sampleRecord(delta, 1, 1))).rejects.toBe(outage);
    expect([confirmed, deadLetters.kept]).toEqual([[], []]);
  });
});

describe("a ballot that the database refuses", () => {
  it("becomes a dead letter alone, whichever and however many are refused, and all others land", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }),
        async (count, poisoned) => {
          const { store, confirmed, deadLetters, heard, write } = writer();
          store.refuses = ({ seq }) => poisoned.includes(seq);
          await write(sampleRecord(delta, 1, count));
          const refused = poisoned.filter((seq) => seq <= count).toSorted((a, b) => a - b);
          const all = sampleRun(1, count).map(({ seq }) => seq);
          expect(seqsOf(store.rows.values())).toEqual(all.filter((seq) => !refused.includes(seq)));
          expect(deadLetters.kept.map(({ seq }) => seq)).toEqual(refused);
          expect(heard).toEqual(deadLetters.kept);
          // As far as the last half that landed can tell; the rest is told with what comes next.
          for (const { appliedSeq, epoch } of confirmed) {
            expect(epoch).toBe(1);
            expect(appliedSeq).toBe((refused[0] ?? count + 1) - 1);
          }
          expect(confirmed).toHaveLength(refused.length === count ? 0 : 1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is found by halving: a few transactions for one among a thousand", async () => {
    const { store, write } = writer();
    store.refuses = ({ seq }) => seq === 700;
    await write(sampleRecord(delta, 1, 500), sampleRecord(delta, 501, 1_000));
    // All, then two halves of each of ten sizes, then the tries of the one.
    const tries = limits.writerPoisonRetriesMax;
    expect(store.transactions.length).toBeLessThanOrEqual(1 + 2 * 10 + tries);
    expect(store.rows.size).toBe(999);
  });

  it("says where it stands, why it was refused at last and how often it was tried, and holds its record", async () => {
    const { store, deadLetters, write } = writer();
    const source = { decisionId: "delta", shard: 7, epoch: 4 };
    store.refuses = ({ seq }) => seq === 2;
    await write(sampleRecord(source, 1, 3));
    const [deadLetter, ...others] = deadLetters.kept;
    expect(others).toEqual([]);
    expect(deadLetter).toEqual({
      body: expect.any(String),
      id: "delta:7:2",
      decisionId: "delta",
      shard: 7,
      seq: 2,
      cause: "ballot 2 is refused",
      retries: limits.writerPoisonRetriesMax,
      at: now,
    });
    expect(decodeRecord(deadLetter?.body ?? "")).toEqual({ ...source, ballots: sampleRun(2, 2) });
  });

  it("lands where the refusal passes within its tries, and not one later", async () => {
    const tries = limits.writerPoisonRetriesMax;
    for (const refusals of [1, tries, tries + 1]) {
      const { store, confirmed, deadLetters, write } = writer();
      store.refuses = (_, transaction) => transaction < refusals;
      await write(sampleRecord(delta, 1, 1));
      const hasLanded = refusals <= tries;
      expect(store.rows.size).toBe(hasLanded ? 1 : 0);
      expect(deadLetters.kept).toHaveLength(hasLanded ? 0 : 1);
      expect(confirmed).toEqual(hasLanded ? [{ ...delta, appliedSeq: 1 }] : []);
      expect(store.transactions).toHaveLength(Math.min(refusals, tries) + 1);
    }
  });

  it("is not acknowledged where its dead letter can't be kept", async () => {
    const { store, heard, deps, write } = writer();
    const failure = new Error("the queue is away");
    deps.deadLetters.put = () => Promise.reject(failure);
    store.refuses = () => true;
    await expect(write(sampleRecord(delta, 1, 1))).rejects.toBe(failure);
    expect(heard).toEqual([]);
  });
});

describe("a text that is no record of this deployment", () => {
  it("becomes a dead letter under its digest, and the records beside it are written", async () => {
    const { store, deadLetters, heard, confirmed, write } = writer();
    await write("neither", sampleRecord(delta, 1, 2), signText(ownSignature, "{"));
    expect(store.rows.size).toBe(2);
    expect(confirmed).toEqual([{ ...delta, appliedSeq: 2 }]);
    const unread = { decisionId: null, shard: null, seq: null, retries: 0, at: now };
    expect(deadLetters.kept).toEqual([
      {
        ...unread,
        id: "digest of neither",
        body: "neither",
        cause: "a text of the vote log has no version; this release knows 1",
      },
      {
        ...unread,
        id: `digest of ${signText(ownSignature, "{")}`,
        body: signText(ownSignature, "{"),
        cause: "not JSON",
      },
    ]);
    expect(heard).toEqual(deadLetters.kept);
  });

  it("stops everything where reading it fails by a fault of ours", async () => {
    const { store, deps, write } = writer();
    const fault = new Error("no keys");
    deps.signature = {
      ...ownSignature,
      verify: () => {
        throw fault;
      },
    };
    await expect(write(sampleRecord(delta, 1, 1))).rejects.toBe(fault);
    expect(store.transactions).toEqual([]);
  });
});

describe("a dead letter that is delivered", () => {
  const text = (deadLetter: DeadLetter) => signText(ownSignature, encodeDeadLetter(deadLetter));

  it("is kept where operators find it, beside the records that came with it", async () => {
    const { store, deadLetters, confirmed, write } = writer();
    const deadLetter = sampleDeadLetter("delta", 9);
    await write(text(deadLetter), sampleRecord(delta, 1, 2));
    expect([...store.deadLetters.values()]).toEqual([{ ...deadLetter, isOpen: true }]);
    expect(deadLetters.kept).toEqual([]);
    expect(confirmed).toEqual([{ ...delta, appliedSeq: 2 }]);
  });

  it("is kept once where it came several times, as it was last", async () => {
    const { store, write } = writer();
    const [early, late, other] = [
      sampleDeadLetter("delta", 9, 100),
      { ...sampleDeadLetter("delta", 9, 200), cause: "later" },
      sampleDeadLetter("delta", 8, 50),
    ];
    await write(text(late), text(early), text(other));
    expect(store.keeps).toEqual([2]);
    expect(store.deadLetters.get("delta:0:9")).toMatchObject({ at: 200, cause: "later" });
    expect(store.deadLetters.has("delta:0:8")).toBe(true);
  });

  it("is kept in calls of bounded size where many came", async () => {
    const { store, write } = writer();
    const count = 2 * limits.publishRecordsMax + 1;
    await write(...sampleRun(1, count).map(({ seq }) => text(sampleDeadLetter("delta", seq))));
    expect(store.deadLetters.size).toBe(count);
    expect(store.keeps).toEqual([limits.publishRecordsMax, limits.publishRecordsMax, 1]);
  });
});
