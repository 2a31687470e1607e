import type { Message } from "@upstash/kafka";
import { UpstashError } from "@upstash/kafka";
import { describe, expect, it } from "vitest";
import { KafkaFailure, type KafkaOffset } from "../../../src/vote-log/kafka/connect.ts";
import { LogReader } from "../../../src/vote-log/kafka/log-reader.ts";

function message(partition: number, offset: number, topic = "votes"): Message {
  const value = `${topic}/${partition}/${offset}`;
  return { topic, partition, offset, timestamp: 0, key: "", value, headers: [] };
}

/** A gateway that gives each read the next of these answers, or throws it. */
function readerOver(
  answers: (Message[] | Error)[],
  refusal: Error | null = null,
  leaveRefusal: Error | null = null,
) {
  const seen = { reads: [] as string[], left: [] as string[], reports: [] as string[] };
  const commits: { instance: string; offsets: KafkaOffset[] }[] = [];
  const kept: { name: string | null } = { name: null };
  let names = 0;
  const reader = new LogReader({
    kafka: {
      async consume(instance) {
        seen.reads.push(instance);
        const answer = answers.shift() ?? [];
        if (answer instanceof Error) throw answer;
        return answer;
      },
      async commit(instance, offsets) {
        if (refusal !== null) throw refusal;
        commits.push({ instance, offsets });
      },
      async leave(instance) {
        seen.left.push(instance);
        if (leaveRefusal !== null) throw leaveRefusal;
      },
    },
    topics: ["votes", "votes-dlq"],
    memory: {
      last: () => kept.name,
      keep: (name) => {
        kept.name = name;
      },
      fresh: () => `instance-${(names += 1)}`,
    },
    report: (event) => void seen.reports.push(event),
  });
  const written: string[] = [];
  const write = async (records: readonly Message[]): Promise<void> => {
    written.push(...records.map(({ value }) => value));
  };
  return { reader, seen, commits, kept, written, write };
}

const lost = () => new KafkaFailure("consume", new Error("no answer"));
const refused = (status: number) =>
  new KafkaFailure("commit", new UpstashError({ result: "", error: "refused", status }));

describe("a reader of the log", () => {
  it("commits the offset after the last record of each partition, once they are written", async () => {
    const batch = [message(0, 7), message(1, 3), message(0, 8), message(0, 2, "votes-dlq")];
    const { reader, commits, written, write } = readerOver([batch]);
    expect(await reader.step(write)).toBe(4);
    expect(written).toHaveLength(4);
    expect(commits).toEqual([
      {
        instance: "instance-1",
        offsets: [
          { topic: "votes", partition: 0, offset: 9 },
          { topic: "votes", partition: 1, offset: 4 },
          { topic: "votes-dlq", partition: 0, offset: 3 },
        ],
      },
    ]);
  });

  it("commits nothing that could not be written, and writes the same records again without reading", async () => {
    const { reader, seen, commits, written, write } = readerOver([
      [message(0, 1)],
      [message(0, 2)],
    ]);
    await expect(reader.step(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(commits).toEqual([]);
    expect(await reader.step(write)).toBe(1);
    expect(written).toEqual(["votes/0/1"]);
    expect(seen.reads).toHaveLength(1);
    expect(commits).toHaveLength(1);
  });

  it("leaves its instance after a lost answer and reads on with another: the records in it were given out", async () => {
    const { reader, seen, commits, kept, write } = readerOver([lost(), [message(0, 1)]]);
    await expect(reader.step(write)).rejects.toThrow("consume: Error");
    expect(await reader.step(write)).toBe(1);
    expect(seen.reads).toEqual(["instance-1", "instance-2"]);
    expect(seen.left).toEqual(["instance-1"]);
    expect(kept.name).toBe("instance-2");
    expect(commits.map(({ instance }) => instance)).toEqual(["instance-2"]);
  });

  it("leaves the instance of a former life before its first read", async () => {
    const { reader, seen, kept, write } = readerOver([[message(0, 1)]]);
    kept.name = "instance-of-before";
    await reader.step(write);
    expect(seen.left).toEqual(["instance-of-before"]);
    expect(seen.reads).toEqual(["instance-1"]);
  });

  it.each([404, 409])("goes on where the group has moved on (%i), and says so", async (status) => {
    const { reader, seen, write } = readerOver([[message(0, 1)]], refused(status));
    expect(await reader.step(write)).toBe(1);
    expect(seen.reports).toEqual(["writer.commit_refused"]);
  });

  it("does not take another refusal of a commit for that", async () => {
    const { reader, write } = readerOver([[message(0, 1)]], refused(500));
    await expect(reader.step(write)).rejects.toThrow("commit: UpstashError (500)");
  });

  it("writes and commits nothing where no record came in time", async () => {
    const { reader, seen, commits, written, write } = readerOver([[], [message(0, 1)]]);
    let writes = 0;
    const counting = (records: readonly Message[]) => {
      writes += 1;
      return write(records);
    };
    expect(await reader.step(counting)).toBe(0);
    expect([writes, commits]).toEqual([0, []]);
    expect(await reader.step(counting)).toBe(1);
    expect(written).toEqual(["votes/0/1"]);
    expect(seen.reads).toEqual(["instance-1", "instance-1"]);
  });

  it("writes each batch once, and reads the next with the same instance", async () => {
    const { reader, seen, commits, written, write } = readerOver([
      [message(0, 1), message(0, 2)],
      [message(0, 3)],
    ]);
    await reader.step(write);
    await reader.step(write);
    expect(await reader.step(write)).toBe(0);
    expect(written).toEqual(["votes/0/1", "votes/0/2", "votes/0/3"]);
    expect(commits.map(({ offsets }) => offsets[0]?.offset)).toEqual([3, 4]);
    expect(new Set(seen.reads)).toEqual(new Set(["instance-1"]));
    expect(seen.left).toEqual([]);
  });

  it("commits the last offset of a partition, in whatever order its records came", async () => {
    const { reader, commits, write } = readerOver([[message(0, 8), message(0, 9), message(0, 7)]]);
    await reader.step(write);
    expect(commits[0]?.offsets).toEqual([{ topic: "votes", partition: 0, offset: 10 }]);
  });

  it("leaves its group once, forgets the name, and drops what it held for another to read", async () => {
    const { reader, seen, kept, written, write } = readerOver([[message(0, 1)], [message(0, 2)]]);
    await expect(reader.step(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
    await reader.leave();
    expect([seen.left, kept.name]).toEqual([["instance-1"], null]);
    await reader.leave();
    expect(seen.left).toEqual(["instance-1"]);
    await reader.step(write);
    expect(written).toEqual(["votes/0/2"]);
    expect(seen.reads).toEqual(["instance-1", "instance-2"]);
  });

  it("has left where the gateway knows the instance no more", async () => {
    const { reader, seen, kept, written, write } = readerOver(
      [[message(0, 1)]],
      null,
      refused(404),
    );
    kept.name = "instance-of-before";
    await reader.step(write);
    expect(seen.left).toEqual(["instance-of-before"]);
    expect([written, kept.name]).toEqual([["votes/0/1"], "instance-1"]);
  });

  it.each([refused(503), new Error("a fault of ours")])(
    "keeps the name of an instance that it could not leave (%s), and reads nothing before it has",
    async (refusal) => {
      const { reader, seen, kept, write } = readerOver([[message(0, 1)]], null, refusal);
      kept.name = "instance-of-before";
      await expect(reader.step(write)).rejects.toBe(refusal);
      expect([seen.reads, kept.name]).toEqual([[], "instance-of-before"]);
    },
  );

  it("commits nothing for an instance that it left while its records were written", async () => {
    const { reader, commits } = readerOver([[message(0, 1)]]);
    expect(await reader.step(() => reader.leave())).toBe(1);
    expect(commits).toEqual([]);
  });
});
