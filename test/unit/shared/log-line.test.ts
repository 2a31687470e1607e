import { expect, it } from "vitest";
import { formatFailure, formatNotice, type LogFields } from "../../../src/shared/log-line.ts";

const canary = "Ana Karenina";

it("a line holds its event, the cause, the place, and fields of the list", () => {
  const error = new Error("Network connection lost.");
  const fields: LogFields = {
    decision: "delta-2027",
    shard: 3,
    object: "delta-2027/3",
    writer: "writer-0",
    queue: "enviro-governance-vote-log",
    method: "POST",
    route: "/api/v1/decisions/:decisionId/shards/:shard/log",
  };
  expect(JSON.parse(formatFailure("edge.shard_failed", error, fields))).toEqual({
    level: "error",
    event: "edge.shard_failed",
    cause: "Error: Network connection lost.",
    at: expect.stringMatching(/^at .*log-line\.test\.ts/),
    ...fields,
  });
});

it("a field that is not on the list is refused by its type, and left out where it comes all the same", () => {
  // @ts-expect-error a voter is no field of the log
  const line = formatNotice("writer.dead_letter", { decision: "delta", voter_id: canary });
  expect(JSON.parse(line)).toEqual({
    level: "error",
    event: "writer.dead_letter",
    decision: "delta",
  });
});

it("an event that is not on the list is refused by its type", () => {
  // @ts-expect-error an event is one of those named
  formatNotice(canary, {});
});

it.each(["decision", "shard", "object", "writer", "queue", "method", "route", "reason", "retries"])(
  "a value that does not look like its field %s is left out",
  (field) => {
    for (const value of [canary, { voter: canary }, [canary], `?voter_id=${canary}`, ""]) {
      const fields = { [field]: value } as LogFields;
      expect(JSON.parse(formatNotice("writer.dead_letter", fields))).toEqual({
        level: "error",
        event: "writer.dead_letter",
      });
    }
  },
);
