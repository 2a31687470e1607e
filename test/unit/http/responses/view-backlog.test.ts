import { describe, expect, it } from "vitest";
import { viewBacklog } from "../../../../src/http/responses/view-backlog.ts";
import { limits } from "../../../../src/shared/limits.ts";
import type { BacklogSummary } from "../../../../src/ports/backlog.ts";

const now = 1_700_000_040_000;
const minute = 60_000;

function summary(more: Partial<BacklogSummary> = {}): BacklogSummary {
  return {
    ballots: 0,
    since: null,
    causes: [],
    writerFailure: null,
    uncertified: 0,
    uncertifiedSince: null,
    ...more,
  };
}

describe("what readiness tells of what waits", () => {
  it("is nothing where nothing does", () => {
    expect(viewBacklog(summary(), now)).toEqual({
      lagBallots: 0,
      oldestMinutes: null,
      isLate: false,
      lagProblems: [],
      uncertified: 0,
      uncertifiedMinutes: null,
      certificationProblems: [],
    });
  });

  it.each([
    [1, 1],
    [9, 1],
    [10, 10],
    [11, 10],
    [99, 10],
    [100, 100],
    [123_456, 100_000],
  ])("of %i ballots is the power of ten below", (ballots, told) => {
    expect(viewBacklog(summary({ ballots, since: now }), now).lagBallots).toBe(told);
  });

  it.each([
    [0, 0],
    [minute - 1, 0],
    [minute, 1],
    [61 * minute, 61],
    [-5, 0],
  ])("after %i ms is an age in whole minutes", (age, minutes) => {
    const view = viewBacklog(summary({ ballots: 1, since: now - age }), now);
    expect(view.oldestMinutes).toBe(minutes);
  });

  it("is a problem once it waits for longer than what was lost takes to be sent again", () => {
    const at = (age: number) =>
      viewBacklog(summary({ ballots: 1, since: now - age }), now).lagProblems;
    expect(at(limits.backlogMsMax)).toEqual([]);
    expect(at(limits.backlogMsMax + 1)).toEqual([
      "ballots have waited for the database for minutes",
    ]);
  });

  it("names what shards and writers have met", () => {
    const causes = ["KafkaFailure: produce (413)", "LoggableError: away"];
    const writerFailure = { cause: "Error (SQLITE_FULL)", at: now };
    expect(viewBacklog(summary({ causes, writerFailure }), now).lagProblems).toEqual([
      "shards can't send: KafkaFailure: produce (413)",
      "shards can't send: LoggableError: away",
      "the writer waits: Error (SQLITE_FULL)",
    ]);
  });

  it("counts decisions that wait to be certified", () => {
    const view = viewBacklog(summary({ uncertified: 2, uncertifiedSince: now - 20 * minute }), now);
    expect([view.uncertified, view.uncertifiedMinutes]).toEqual([2, 20]);
    expect(view.certificationProblems).toHaveLength(1);
  });

  it("is not known where the registry does not answer, which is a problem", () => {
    const view = viewBacklog(null, now);
    expect([view.lagBallots, view.uncertified]).toEqual([null, null]);
    expect(view.lagProblems).toHaveLength(1);
  });
});
