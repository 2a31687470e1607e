import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { RoomPublication } from "../../durable-objects/decision-room/publication.ts";
import { PublicationStore } from "../../durable-objects/decision-room/publication-store.ts";
import { summarizeList } from "../../src/publication/publication-builder.ts";
import { closedDecision, SealedShardsInNode } from "../support/publication/sealed-shards.ts";
import { StorageInNode } from "../support/sqlite/storage-in-node.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-publication-"));
const voters = 1_000_000;
const shardCount = 16;
const choices = ["yes", "no", "abstain"] as const;

afterAll(() => rmSync(folder, { recursive: true }));

describe("the publication of a million ballots", () => {
  it.each(["pseudonymous", "aggregate"] as const)(
    "is written within a minute, all shards and the room on one thread: %s",
    async (disclosure) => {
      const file = (name: string) => join(folder, `${disclosure}-${name}.sqlite`);
      const shards = new SealedShardsInNode(
        shardCount,
        (shard) => new StorageInNode(file(`shard-${shard}`)),
      );
      // One voter in fifty has changed the vote.
      const ballots = Array.from({ length: voters + voters / 50 }, (_, index) => ({
        voter: index % voters,
        choice: choices[index % 3] ?? "yes",
        region: index % 40 === 0 ? "south" : "north",
        weight: 1,
      }));
      shards.seal(ballots);
      const decision = closedDecision(disclosure, shardCount);
      const storage = new StorageInNode(file("room"));
      const room = new RoomPublication({
        store: { decision, seals: shards.seals },
        publication: new PublicationStore(storage),
        shards,
      });
      const from = performance.now();
      let longestRunMs = 0;
      while (room.summary === null) {
        const runFrom = performance.now();
        await room.run();
        longestRunMs = Math.max(longestRunMs, performance.now() - runFrom);
      }
      const seconds = (performance.now() - from) / 1_000;
      const { state } = room.summary;
      expect(summarizeList(state, "counted").size).toBe(voters);
      expect(summarizeList(state, "others").size).toBe(voters / 50);
      const megabytes = Math.round(statSync(file("room")).size / 1e6);
      const { heapUsed } = process.memoryUsage();
      console.log(
        `${disclosure}: ${seconds.toFixed(1)} s, longest run ${Math.round(longestRunMs)} ms, ` +
          `${state.pages.counted} pages, ${megabytes} MB, heap ${Math.round(heapUsed / 1e6)} MB`,
      );
      expect(seconds).toBeLessThan(60);
    },
  );
});
