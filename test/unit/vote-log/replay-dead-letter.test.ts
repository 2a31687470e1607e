import { describe, expect, it } from "vitest";
import type { Ballot } from "../../../src/ballot/ballot.ts";
import type { ShardAddress } from "../../../src/ballot/receipt.ts";
import type { DeadLetter } from "../../../src/database/database.ts";
import { memoryDeadLetters } from "../../../src/vote-log/memory.ts";
import type { Confirmation } from "../../../src/vote-log/outbox.ts";
import { isReplayable, replayDeadLetter } from "../../../src/vote-log/replay-dead-letter.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { modelDatabase } from "../../support/vote-log/model-database.ts";
import {
  ownSignature,
  sampleDeadLetter,
  sampleRecord,
  sampleRun,
} from "../../support/vote-log/sample-records.ts";

const recorded = sampleRun(1, 5);

/** What a replay needs, over a shard that has five ballots and has lived through two rebuilds. */
function replays() {
  const store = modelDatabase();
  const confirmed: (ShardAddress & Confirmation)[] = [];
  const asked: string[] = [];
  const deps = {
    store: {
      ...store,
      listDeadLetters: () => Promise.reject(new Error("a replay lists nothing")),
    },
    deadLetters: {
      // As the queue of dead letters does: they come back, and are kept.
      put: (added: readonly DeadLetter[]) => store.keepDeadLetters(added),
    },
    confirm: async ({ decisionId, shard }: ShardAddress, confirmation: Confirmation) => {
      confirmed.push({ decisionId, shard, ...confirmation });
    },
    onWritten: () => undefined,
    onDeadLetter: () => undefined,
    now: () => 2,
    signature: ownSignature,
    digest: (text: string) => `digest of ${text}`,
    readEpoch: async ({ decisionId, shard }: ShardAddress) => {
      asked.push(`epoch of ${decisionId}/${shard}`);
      return 3;
    },
    readBallots: async (
      { decisionId, shard }: ShardAddress,
      afterSeq: number,
      max: number,
    ): Promise<Ballot[]> => {
      asked.push(`${max} of ${decisionId}/${shard} after ${afterSeq}`);
      return recorded.filter(({ seq }) => seq > afterSeq).slice(0, max);
    },
  };
  return { store, deps, confirmed, asked };
}

const nowhere = { decisionId: null, shard: null, seq: null };

describe("replaying a dead letter of a ballot", () => {
  it("writes the ballot as its shard has it, whatever the dead letter says, and closes it", async () => {
    const { store, deps, confirmed, asked } = replays();
    const deadLetter = { ...sampleDeadLetter("delta", 1), body: "something else" };
    await store.keepDeadLetters([deadLetter]);
    expect(await replayDeadLetter(deps, deadLetter)).toBe("landed");
    expect([...store.rows.values()]).toEqual([{ decisionId: "delta", shard: 0, ...recorded[0] }]);
    expect(store.deadLetters.get(deadLetter.id)).toMatchObject({ isOpen: false });
    // The epoch first, so that what a rebuild undoes meanwhile is not confirmed.
    expect(asked).toEqual(["epoch of delta/0", "1 of delta/0 after 0"]);
    expect(confirmed).toEqual([{ decisionId: "delta", shard: 0, epoch: 3, appliedSeq: 1 }]);
  });

  it("has landed too where nobody keeps the dead letter any more", async () => {
    const { store, deps } = replays();
    expect(await replayDeadLetter(deps, sampleDeadLetter("delta", 3))).toBe("landed");
    expect(store.rows.size).toBe(1);
  });

  it("is refused while the cause lasts, and the dead letter stays open", async () => {
    const { store, deps } = replays();
    const deadLetter = sampleDeadLetter("delta", 2);
    await store.keepDeadLetters([deadLetter]);
    store.refuses = ({ seq }) => seq === 2;
    expect(await replayDeadLetter(deps, deadLetter)).toBe("refused");
    expect(store.deadLetters.get(deadLetter.id)).toMatchObject({ isOpen: true });
    expect(store.rows.size).toBe(0);
  });

  it.each([
    ["that comes after all that its shard has", 6],
    ["whose place another has, as no seq is before the first", 0],
  ])("drops one %s, and writes nothing", async (_, seq) => {
    const { store, deps } = replays();
    const deadLetter = sampleDeadLetter("delta", seq);
    const other = sampleDeadLetter("delta", 4);
    await store.keepDeadLetters([deadLetter, other]);
    expect(await replayDeadLetter(deps, deadLetter)).toBe("not_recorded");
    expect([...store.deadLetters.keys()]).toEqual([other.id]);
    expect(store.rows.size).toBe(0);
  });
});

describe("replaying a dead letter of a text", () => {
  it("writes the whole record where it can be read by now, and drops the dead letter", async () => {
    const { store, deps, confirmed } = replays();
    const body = sampleRecord({ decisionId: "delta", shard: 0, epoch: 2 }, 1, 3);
    const deadLetter = { ...sampleDeadLetter("delta", 1), ...nowhere, id: "digest", body };
    await store.keepDeadLetters([deadLetter]);
    expect(await replayDeadLetter(deps, deadLetter)).toBe("landed");
    expect(store.rows.size).toBe(3);
    expect(store.deadLetters.size).toBe(0);
    expect(confirmed).toEqual([{ decisionId: "delta", shard: 0, epoch: 2, appliedSeq: 3 }]);
  });

  it.each([
    ["decision", { decisionId: null }],
    ["shard", { shard: null }],
    ["seq", { seq: null }],
  ])("takes one that names no %s for a text, whatever else it names", async (_, missing) => {
    const { store, deps, asked } = replays();
    const deadLetter = { ...sampleDeadLetter("delta", 1), ...missing };
    expect(await replayDeadLetter(deps, deadLetter)).toBe("unreadable");
    expect(asked).toEqual([]);
    expect(store.rows.size).toBe(0);
  });

  it("leaves one that can't be read as it is, and says so", async () => {
    const { store, deps } = replays();
    const deadLetter = { ...sampleDeadLetter("delta", 1), ...nowhere, id: "digest", body: "?" };
    await store.keepDeadLetters([deadLetter]);
    expect(await replayDeadLetter(deps, deadLetter)).toBe("unreadable");
    expect([...store.deadLetters.keys()]).toEqual(["digest"]);
    expect(store.keeps).toEqual([1]);
  });
});

describe("a dead letter can be replayed", () => {
  const record = sampleRecord({ decisionId: "delta", shard: 0, epoch: 1 }, 1, 1);

  it("where it names its decision, or is a record that can be read", () => {
    expect(isReplayable(ownSignature, { decisionId: "delta", body: "?" })).toBe(true);
    expect(isReplayable(ownSignature, { decisionId: null, body: record })).toBe(true);
  });

  it("and not where it is neither: then it may be dismissed", () => {
    expect(isReplayable(ownSignature, { decisionId: null, body: "?" })).toBe(false);
    const signed = signText(ownSignature, "no record");
    expect(isReplayable(ownSignature, { decisionId: null, body: signed })).toBe(false);
    const stranger = { ...ownSignature, deployment: "delta" };
    expect(isReplayable(stranger, { decisionId: null, body: record })).toBe(false);
  });

  it("is not told where reading it fails by a fault of ours", () => {
    const fault = new Error("no keys");
    const broken = {
      ...ownSignature,
      verify: () => {
        throw fault;
      },
    };
    expect(() => isReplayable(broken, { decisionId: null, body: record })).toThrow(fault);
  });
});

describe("dead letters that live as long as the process", () => {
  it("are each kept once, as they were put last", async () => {
    const deadLetters = memoryDeadLetters();
    const [first, second] = [sampleDeadLetter("delta", 1), sampleDeadLetter("delta", 2)];
    await deadLetters.put([first, second]);
    const again = { ...second, cause: "again" };
    await deadLetters.put([again]);
    await deadLetters.put([{ ...first, cause: "last" }]);
    expect(deadLetters.kept).toEqual([{ ...first, cause: "last" }, again]);
  });
});
