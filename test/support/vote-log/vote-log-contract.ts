import { beforeEach, describe, expect, it } from "vitest";
import type { Ballot } from "../../../src/ballot/ballot.ts";
import type { ShardAddress } from "../../../src/ballot/receipt.ts";
import { limits } from "../../../src/shared/limits.ts";
import { cutRecords } from "../../../src/vote-log/cut-records.ts";
import type { VoteLog } from "../../../src/vote-log/vote-log.ts";
import type { RecordSource } from "../../../src/vote-log/vote-record.ts";

export type LogUnderTest = {
  log: VoteLog;
  /** Every ballot of a shard that was delivered, by seq, each once; called until it holds as many as were published. */
  delivered(address: ShardAddress): Promise<Ballot[]>;
};

/** Longest region there may be, in characters that JSON and UTF-8 make long. */
const longRegion = "Ä'".repeat(limits.regionCodeCharactersMax / 2);
/** More than the records of one send. */
const manyRecords = limits.publishRecordsMax + 20;

function ballotsUpTo(seq: number): Ballot[] {
  return Array.from({ length: seq }, (_, index) => ({
    seq: index + 1,
    pid: String(index).padStart(22, "p"),
    choice: (["yes", "no", "abstain"] as const)[index % 3] ?? "yes",
    region: index % 2 === 0 ? "north" : longRegion,
    weight: index % 5 === 0 ? limits.ballotWeightMax : 1,
    acceptedAt: 1_700_000_000_000 + index,
  }));
}

/** What every vote log promises (`VoteLog`), whatever carries it. */
export function holdsTheVoteLogContract(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`the vote log on ${name}`, () => {
    let under: LogUnderTest;
    const address = (shard = 0): ShardAddress => ({ decisionId, shard });
    const source = (shard = 0): RecordSource => ({ ...address(shard), epoch: 1 });
    let decisionId = "";
    beforeEach(async () => {
      under ??= await open();
      decisionId = `contract-${crypto.randomUUID().slice(0, 8)}`;
    });

    async function expectDelivered(at: ShardAddress, ballots: readonly Ballot[]): Promise<void> {
      const count = async () => (await under.delivered(at)).length;
      await expect.poll(count).toBe(ballots.length);
      expect(await under.delivered(at)).toEqual(ballots);
    }

    it("delivers every ballot as it was published", async () => {
      const ballots = ballotsUpTo(1_200);
      await under.log.publish(cutRecords(source(), ballots));
      await expectDelivered(address(), ballots);
    });

    it("keeps the ballots of different shards apart", async () => {
      const [first, second] = [ballotsUpTo(5), ballotsUpTo(9)];
      await under.log.publish([
        { ...source(0), ballots: first },
        { ...source(1), ballots: second },
      ]);
      await expectDelivered(address(0), first);
      await expectDelivered(address(1), second);
    });

    it("may be given the same records again, as a shard does that can't know whether they arrived", async () => {
      const ballots = ballotsUpTo(700);
      const records = cutRecords(source(), ballots);
      await under.log.publish(records);
      await under.log.publish(records);
      await expectDelivered(address(), ballots);
    });

    it("takes more records at once than one send may carry", async () => {
      const ballots = ballotsUpTo(manyRecords * 10);
      const records = Array.from({ length: manyRecords }, (_, index) => ({
        ...source(),
        ballots: ballots.slice(index * 10, (index + 1) * 10),
      }));
      await under.log.publish(records);
      await expectDelivered(address(), ballots);
    });

    it("has nothing to do for nothing", async () => {
      await under.log.publish([]);
      expect(await under.delivered(address())).toEqual([]);
    });
  });
}

/** Ballots as a writer keeps them: each once, by seq. */
export function distinctBySeq(ballots: readonly Ballot[]): Ballot[] {
  const bySeq = new Map(ballots.map((ballot) => [ballot.seq, ballot]));
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
}
