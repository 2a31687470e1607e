import { describe, expect, it } from "vitest";
import type { Readiness } from "../../../../src/http/readiness/probe-parts.ts";
import { viewStatus } from "../../../../src/http/responses/view-status.ts";
import type {
  AgreementCheck,
  ListedChecks,
  StageState,
} from "../../../../src/ports/record-check.ts";
import { limits } from "../../../../src/shared/limits.ts";

const now = 1_000_000_000;
const stale = now - limits.checkFreshMs - 1;
const works = { isReady: true, causes: [] } as unknown as Readiness;

function checkOf(stored: StageState, given: Partial<AgreementCheck> = {}): AgreementCheck {
  const stage = { cause: null, since: null };
  return {
    decisionId: "weir",
    title: "Lower the weir",
    rehearsal: false,
    status: "open",
    shows: "counts",
    checkedAt: now,
    accepted: 1,
    stages: {
      tallied: { ...stage, state: "agrees" },
      stored: { ...stage, state: stored },
      published: { ...stage, state: "later" },
    },
    checksARound: null,
    certifiedAt: null,
    ...given,
  };
}

function view(checks: AgreementCheck[], counts: Partial<ListedChecks> = {}, readiness = works) {
  const live = checks.filter(({ certifiedAt }) => certifiedAt === null);
  const oldestAt = live.length === 0 ? null : Math.min(...live.map((one) => one.checkedAt));
  const found = {
    checks,
    decisions: checks.length,
    live: live.length,
    oldestAt,
    askedAt: null,
    ...counts,
  };
  return viewStatus({ readiness, checks: found }, now, now);
}

describe("the whole of the status", () => {
  it("is green while each decision under way was checked within the minute", () => {
    expect(view([checkOf("agrees"), checkOf("behind")]).state).toBe("ok");
    expect(view([]).state).toBe("idle");
    expect(view([checkOf("agrees", { certifiedAt: 1, checkedAt: stale })]).state).toBe("idle");
  });

  it("is red for whatever is broken, however long ago that was found", () => {
    const broken = checkOf("broken", { certifiedAt: 1, checkedAt: stale });
    expect(view([checkOf("agrees"), broken]).state).toBe("broken");
  });

  it("is not checked where one check is too old, could not look, or never came", () => {
    expect(view([checkOf("agrees", { checkedAt: stale })]).state).toBe("not_checked");
    expect(view([checkOf("unknown")]).state).toBe("not_checked");
    expect(view([checkOf("agrees")], { oldestAt: stale }).state).toBe("not_checked");
    expect(view([], { askedAt: stale }).state).toBe("not_checked");
    expect(viewStatus({ readiness: works, checks: null }, now, now)).toMatchObject({
      state: "not_checked",
      oldest_check_at: null,
      decisions_checked: null,
    });
  });

  it("waits a minute more for each further fifty decisions under way", () => {
    const stateOf = (live: number, late: number) =>
      view([checkOf("agrees", { checkedAt: stale - late })], { live }).state;
    expect(stateOf(50, 0)).toBe("not_checked");
    expect(stateOf(51, 0)).toBe("ok");
    expect(stateOf(100, 59_999)).toBe("ok");
    expect(stateOf(100, 60_000)).toBe("not_checked");
    expect(stateOf(101, 60_000)).toBe("ok");
  });

  it("names a part that has a problem, and is then not green", () => {
    const unwell = { isReady: false, causes: [{ code: "database.unwell", detail: "a secret" }] };
    const status = view([checkOf("agrees")], {}, unwell as unknown as Readiness);
    expect(status).toMatchObject({ state: "degraded", ready: false, causes: ["database.unwell"] });
    expect(JSON.stringify(status)).not.toContain("a secret");
  });

  it("tells no oldest check while one decision waits for its first", () => {
    expect(view([checkOf("agrees")]).oldest_check_at).toBe(new Date(now).toISOString());
    expect(view([checkOf("agrees")], { askedAt: now }).oldest_check_at).toBeNull();
  });
});
