import { describe, expect, it } from "vitest";
import {
  publishedStage,
  storedStage,
  talliedStage,
} from "../../../../durable-objects/decision-room/check-stages.ts";
import type { Decision } from "../../../../src/decision/decision.ts";
import type { PublicationSummary } from "../../../../durable-objects/decision-room/publication.ts";
import type { ShardRecordState, StageCheck } from "../../../../src/ports/record-check.ts";
import { emptyPublicationState } from "../../../../src/publication/publication-builder.ts";
import { noProgress, type OutboxReport } from "../../../../src/vote-log/outbox.ts";

const agrees = { state: "agrees", cause: null, since: null };

/** What these stages read of a decision, and no more. */
const decisionOf = (visibility: string, status = "open") =>
  ({ draft: { visibility }, status, closedAt: 61_000 }) as Decision;

function stateOf(seq: number, progress: Partial<OutboxReport> = {}): ShardRecordState {
  const snapshot = { shard: 0, seq, tally: new Map(), takenAt: 1, isSealed: false };
  const { tally: regions, ...head } = snapshot;
  return {
    snapshot,
    report: { ...head, from: null, regions },
    progress: { ...noProgress, failure: null, ...progress },
  };
}

const whole = { isWhole: true, openDeadLetters: 0 };
const waiting = { behindTold: { seq: 4, since: 30_000 } };

describe("what the database holds", () => {
  it.each(["live", "turnout", "sealed"])(
    "is told alike before and after a ballot that is on its way, of a %s decision",
    (visibility) => {
      const decision = decisionOf(visibility);
      const none = storedStage(decision, [stateOf(3, { confirmedSeq: 3 })], whole);
      const some = storedStage(decision, [stateOf(4, { confirmedSeq: 3 })], whole);
      expect(none).toEqual(agrees);
      expect(some).toEqual(none);
    },
  );

  it("is behind once readiness tells that ballots wait, in full minutes, with the cause", () => {
    const live = decisionOf("live");
    const since = 60_000;
    expect(storedStage(live, [stateOf(4, waiting)], whole)).toEqual({
      state: "behind",
      cause: "on_the_way",
      since,
    });
    const unsent = stateOf(4, { ...waiting, failure: "the log is away" });
    expect(storedStage(live, [stateOf(2), unsent], whole)).toMatchObject({ cause: "log", since });
    const letters = { isWhole: true, openDeadLetters: 2 };
    expect(storedStage(live, [stateOf(4)], letters)).toEqual({
      state: "behind",
      cause: "dead_letters",
      since: null,
    });
  });

  it("of a sealed decision is never behind, and broken where something is gone", () => {
    const sealed = decisionOf("sealed");
    const unsent = stateOf(4, { ...waiting, failure: "the log is away" });
    expect(storedStage(sealed, [unsent], { ...whole, openDeadLetters: 2 })).toEqual(agrees);
    expect(storedStage(sealed, [unsent], { ...whole, isWhole: false }).state).toBe("broken");
    const cancelled = decisionOf("live", "cancelled");
    expect(storedStage(cancelled, [unsent], { ...whole, isWhole: false }).state).toBe("broken");
  });

  it("is unknown where it could not be looked at", () => {
    expect(storedStage(decisionOf("live"), [], "database")).toEqual({
      state: "unknown",
      cause: "database",
      since: null,
    });
  });
});

describe("what is tallied", () => {
  it("is broken where it is not what shards hold, and unknown where one did not say", () => {
    expect(talliedStage({ isWhole: true, isTallied: true })).toEqual(agrees);
    expect(talliedStage({ isWhole: false, isTallied: true })).toMatchObject({ state: "unknown" });
    expect(talliedStage({ isWhole: false, isTallied: false })).toMatchObject({ state: "broken" });
  });
});

describe("what is published", () => {
  const seals = [{ shard: 0, seq: 3, tally: new Map(), takenAt: 1, isSealed: true }];
  const stored = { state: "agrees", cause: null, since: null } as const;

  it("comes after the close, and then waits for what is missing", () => {
    const rest = { seals, publication: null, stored };
    expect(publishedStage(decisionOf("live"), rest)).toMatchObject({ state: "later" });
    const closed = publishedStage(decisionOf("live", "closed"), rest);
    const published = { state: { ...emptyPublicationState } } as PublicationSummary;
    const waitsWith = (state: StageCheck) =>
      publishedStage(decisionOf("live", "closed"), {
        seals: [],
        publication: published,
        stored: state,
      }).cause;
    expect(waitsWith(stored)).toBe("next_check");
    expect(waitsWith({ state: "broken", cause: null, since: null })).toBe("ballots");
    expect(waitsWith({ state: "behind", cause: "dead_letters", since: null })).toBe("dead_letters");
    expect(closed).toEqual({ state: "behind", cause: "publication", since: 120_000 });
  });

  it("is broken where a certified decision has no publication", () => {
    const certified = decisionOf("live", "certified");
    expect(publishedStage(certified, { seals, publication: null, stored }).state).toBe("broken");
  });
});
