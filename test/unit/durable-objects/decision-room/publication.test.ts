import { describe, expect, it } from "vitest";
import {
  RoomPublication,
  type PublicationBounds,
} from "../../../../durable-objects/decision-room/publication.ts";
import { PublicationStore } from "../../../../durable-objects/decision-room/publication-store.ts";
import {
  publicationLists,
  summarizeList,
} from "../../../../src/publication/publication-builder.ts";
import { limits } from "../../../../src/shared/limits.ts";
import {
  closedDecision,
  SealedShardsInNode,
  type GivenBallot,
} from "../../../support/publication/sealed-shards.ts";
import { StorageInNode } from "../../../support/sqlite/storage-in-node.ts";

const choices = ["yes", "no", "abstain"] as const;
const choiceOf = (index: number): GivenBallot["choice"] => choices[index % 3] ?? "yes";

/** 90 voters; 30 changed their vote, and five of these took it back at last. */
const given: GivenBallot[] = [
  ...Array.from({ length: 90 }, (_, voter) => cast(voter, choiceOf(voter))),
  ...Array.from({ length: 30 }, (_, voter) => cast(voter, choiceOf(voter + 1))),
  ...Array.from({ length: 5 }, (_, voter) => cast(voter, "withdrawn")),
];

function cast(voter: number, choice: GivenBallot["choice"]): GivenBallot {
  return { voter, choice, region: voter % 30 === 7 ? "south" : "north", weight: 1 + (voter % 2) };
}

/** Small ones: several portions, buckets and pages of a hundred ballots. */
const smallBounds = {
  publicationPortionBallots: 7,
  publicationPortionNotes: 7,
  publicationVotersMax: 4,
  publicationPageCharactersMax: 3_000,
  publicationCutBytesMax: 1_500,
  publicationBucketBallots: 10,
  publicationBucketNotes: 10,
  publicationStepsMax: 3,
};

/** A room and its shards, each over a storage of its own that outlives a restart. */
function closedRoom(
  bounds: typeof smallBounds | typeof limits,
  shardCount = 3,
  ballots: readonly GivenBallot[] = given,
) {
  const storage = new StorageInNode();
  const shards = new SealedShardsInNode(shardCount, () => new StorageInNode(), bounds);
  shards.seal(ballots);
  const decision = closedDecision("pseudonymous", shardCount);
  const roomBounds: PublicationBounds = bounds;
  const begin = () =>
    new RoomPublication({
      store: { decision, seals: shards.seals },
      publication: new PublicationStore(storage),
      shards,
      bounds: roomBounds,
    });
  return { storage, shards, begin };
}

/** Runs until all is written, and gives every page. */
async function pagesOf(room: RoomPublication): Promise<string[]> {
  for (let runs = 0; room.summary === null; runs += 1) {
    expect(runs).toBeLessThan(100);
    await room.run();
  }
  return publicationLists.flatMap((list) => {
    const pages = room.summary?.state.pages[list] ?? 0;
    const texts = Array.from({ length: pages }, (_, page) => room.readPage(list, page + 1)?.rows);
    return texts.map((rows) => `${list} ${rows ?? "missing"}`);
  });
}

const rowsIn = (pages: readonly string[]) =>
  publicationLists.map((list) =>
    pages
      .filter((page) => page.startsWith(`${list} `))
      .map((page) => page.slice(list.length + 1))
      .join(""),
  );

describe("a room's publication", () => {
  it("has the same rows and roots however many shards, portions, buckets and pages it takes", async () => {
    const whole = closedRoom(limits, 1).begin();
    const [counted = "", others = "", openings = ""] = rowsIn(await pagesOf(whole));
    expect(counted.split("\n").length - 1).toBe(85);
    expect(others.split("\n").length - 1).toBe(40);
    expect(openings.split("\n").length - 1).toBe(125);
    const small = closedRoom(smallBounds, 1).begin();
    const pages = await pagesOf(small);
    expect(pages.length).toBeGreaterThan(10);
    expect(rowsIn(pages)).toEqual([counted, others, openings]);
    const summary = (room: RoomPublication) => {
      if (room.summary === null) throw new Error("it is written");
      const { state, standingWithdrawals } = room.summary;
      const { pages: _counted, ...list } = summarizeList(state, "counted");
      const { pages: _others, ...rest } = summarizeList(state, "others");
      return { list, rest, tally: state.tally, standingWithdrawals };
    };
    expect(summary(whole).standingWithdrawals).toBe(5);
    expect(summary(small)).toEqual(summary(whole));
  });

  it("numbers the first row of each page in its list, and says how many the list has", async () => {
    const room = closedRoom(smallBounds).begin();
    await pagesOf(room);
    for (const list of publicationLists) {
      let next = 1;
      for (let page = 1; page <= (room.summary?.state.pages[list] ?? 0); page += 1) {
        const { first, rows = "", size } = room.readPage(list, page) ?? {};
        expect(first, `${list} ${page}`).toBe(next);
        expect(size).toBe({ counted: 85, others: 40, openings: 125 }[list]);
        next += rows.split("\n").length - 1;
      }
      expect(next).toBe({ counted: 86, others: 41, openings: 126 }[list]);
    }
  });

  it("is the same byte for byte after a crash at any of its writes", async () => {
    const few = given.filter(({ voter }) => voter % 4 === 0);
    const undisturbed = closedRoom(smallBounds, 2, few);
    let writes = 0;
    const storages = [undisturbed.storage, ...undisturbed.shards.storages];
    for (const storage of storages) storage.beforeWrite = () => void (writes += 1);
    const expected = await pagesOf(undisturbed.begin());
    expect(writes).toBeGreaterThan(30);
    for (let crashAt = 0; crashAt < writes; crashAt += 1) {
      const { storage, shards, begin } = closedRoom(smallBounds, 2, few);
      let [seen, hasCrashed] = [0, false];
      for (const each of [storage, ...shards.storages])
        each.beforeWrite = () => {
          seen += 1;
          if (seen - 1 !== crashAt) return;
          hasCrashed = true;
          throw new Error("a crash");
        };
      await expect(pagesOf(begin())).rejects.toThrow("a crash");
      expect(hasCrashed).toBe(true);
      shards.restart();
      expect(await pagesOf(begin())).toEqual(expected);
    }
  });

  it("leaves nothing of what the shards cut once it is written", async () => {
    const { shards, begin } = closedRoom(smallBounds);
    await pagesOf(begin());
    for (const { sql } of shards.storages)
      expect(sql.exec("SELECT * FROM cut_ballots").toArray()).toEqual([]);
  });

  it("is never written where it does not come to what was sealed", async () => {
    for (const wrong of ["tally", "seq"] as const) {
      const { shards, begin } = closedRoom(smallBounds);
      const [seal] = shards.seals.values();
      if (seal === undefined) throw new Error("a shard is sealed");
      const room = begin();
      // Where a ballot is missing or says another thing, the shard's seal still says how it was.
      const seals = { tally: { ...seal, tally: new Map() }, seq: { ...seal, seq: seal.seq + 1 } };
      shards.seals.set(seal.shard, seals[wrong]);
      await expect(pagesOf(room)).rejects.toThrow(/published/);
      expect(room.summary).toBeNull();
      expect(room.readPage("counted", 1)).toBeNull();
    }
  });

  it("yields after a bounded number of steps", async () => {
    const { shards, begin } = closedRoom(smallBounds);
    const room = begin();
    let calls = 0;
    const cut = shards.cutBallots.bind(shards);
    shards.cutBallots = (...call) => {
      calls += 1;
      return cut(...call);
    };
    await room.run();
    expect(calls).toBe(smallBounds.publicationStepsMax);
    expect(room.summary).toBeNull();
  });
});
