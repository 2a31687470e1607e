import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  statuses,
  type Decision,
  type DecisionDraft,
  type DecisionStatus,
} from "../../../src/decision/decision.ts";
import {
  adoptRoll,
  amendDraft,
  beginClosing,
  cancelDecision,
  certifyDecision,
  closeDecision,
  isOpenOrScheduled,
  isSettled,
  lifecycleSteps,
  nextLifecycleMoment,
  openDecision,
  passTime,
  rollRefusal,
  sealDecision,
} from "../../../src/decision/lifecycle.ts";
import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import type { Roll } from "../../../src/decision/roll.ts";
import { utf8Bytes } from "../../../src/shared/utf8-bytes.ts";
import { limits } from "../../../src/shared/limits.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const context = { now: 0, bounds: limits };
const draft = sampleDraft({ shards: 3, locationHints: ["weur", "oc"] });

function drafted(changes: Partial<DecisionDraft> = {}): Decision {
  return sampleDecision({ ...draft, ...changes });
}

function opened(changes: Partial<DecisionDraft> = {}, now = 100): Decision {
  const transition = openDecision(drafted(changes), now, canonicalJson);
  if ("refused" in transition) throw new Error(transition.refused);
  return transition.decision;
}

describe("opening a decision", () => {
  it("freezes its manifest, with the shards laid over the location hints in turn", () => {
    const decision = opened();
    expect(decision.status).toBe("open");
    expect(decision.manifest).toMatchObject({ opensAt: 100, closesAt: null, version: 1 });
    expect(decision.manifest?.shardMap).toEqual([
      { locationHint: "weur" },
      { locationHint: "oc" },
      { locationHint: "weur" },
    ]);
    expect(decision.manifestHash).toBe(canonicalJson(decision.manifest));
  });

  it("schedules it when its window begins later, and the clock opens and closes it", () => {
    const decision = opened({ opensAt: 200, closesAt: 300 });
    expect([decision.status, nextLifecycleMoment(decision)]).toEqual(["scheduled", 200]);
    expect(passTime(decision, 199).status).toBe("scheduled");
    const open = passTime(decision, 200);
    expect([open.status, nextLifecycleMoment(open)]).toEqual(["open", 300]);
    expect(passTime(open, 299).status).toBe("open");
    expect(passTime(open, 300).status).toBe("closing");
    expect(passTime(decision, 5_000).status).toBe("closing");
  });

  it("is refused when its window has already passed", () => {
    expect(openDecision(drafted({ closesAt: 100 }), 100, canonicalJson)).toEqual({
      refused: "decision.window_passed",
    });
  });

  it("again changes nothing, and its manifest can't be amended", () => {
    const decision = opened();
    expect(openDecision(decision, 999, canonicalJson)).toEqual({ decision });
    expect(amendDraft(decision, { title: "Other" }, context)).toEqual({
      refused: "decision.not_draft",
    });
  });
});

describe("the life of a decision", () => {
  const stepArbitrary = fc.constantFrom("open", "close", "cancel", "time", "seal");
  it("only ever goes forward, whatever is asked of it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(stepArbitrary, fc.nat(50)), { maxLength: 20 }), (steps) => {
        let decision = drafted({ opensAt: 300, closesAt: 600 });
        let now = 0;
        for (const [step, elapsed] of steps) {
          now += elapsed * 10;
          const before = decision;
          if (step === "time") decision = passTime(decision, now);
          if (step === "seal" && decision.status === "closing")
            decision = { ...decision, status: "closed" };
          const transition =
            step === "open"
              ? openDecision(decision, now, canonicalJson)
              : step === "close"
                ? closeDecision(decision)
                : step === "cancel"
                  ? cancelDecision(decision)
                  : null;
          if (transition !== null && "decision" in transition) decision = transition.decision;
          expect(lifecycleSteps[decision.status]).toBeGreaterThanOrEqual(
            lifecycleSteps[before.status],
          );
          if (before.manifest !== null) expect(decision.manifest).toBe(before.manifest);
          if (before.status === "closed" || before.status === "cancelled")
            expect(decision.status).toBe(before.status);
        }
      }),
    );
  });

  it("amends a draft but never its id", () => {
    const transition = amendDraft(drafted(), { title: "Other", id: "stolen" }, context);
    expect(transition).toMatchObject({ decision: { draft: { title: "Other", id: "delta" } } });
  });

  it("leaves a draft as it is where the change says what stands there, and checks the change all the same", () => {
    const decision = drafted({ closesAt: 200 });
    const same = { title: draft.title, regions: [{ name: "North", code: "north" }], closesAt: 200 };
    for (const changes of [{}, same]) {
      const transition = amendDraft(decision, changes, context);
      expect("decision" in transition && transition.decision).toBe(decision);
      expect(amendDraft(opened(), changes, context)).toEqual({ refused: "decision.not_draft" });
    }
  });
});

describe("canonical JSON", () => {
  it("is the same text whatever the order of members", () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: "é" })).toBe(
      '{"a":"é","b":[{"c":null,"d":1}]}',
    );
    expect(canonicalJson({ a: "é", b: [{ c: null, d: 1 }] })).toBe(
      canonicalJson({ b: [{ d: 1, c: null }], a: "é" }),
    );
  });
});

describe("when a decision closed", () => {
  const window = { opensAt: 100, closesAt: 900 };
  const closedBy = (decision: Decision) => {
    const closing = closeDecision(decision);
    if ("refused" in closing) throw new Error(closing.refused);
    return closing.decision;
  };

  it("is the end of its window where the clock closed it, however late somebody looked and whatever a shard's clock says", () => {
    const closing = passTime(opened(window), 5_000);
    expect(closing).toMatchObject({ status: "closing", closedAt: 900 });
    for (const sealedAt of [899, 900, 6_000])
      expect(sealDecision(closing, sealedAt)).toMatchObject({ status: "closed", closedAt: 900 });
    const extended = { ...opened(window), extendedTo: 1_200, isExtensionTold: true };
    expect(passTime(extended, 5_000).closedAt).toBe(1_200);
  });

  it("is its last seal where it was ended before, since until then a ballot may have been taken", () => {
    const closing = closedBy(opened(window));
    expect(closing.closedAt).toBeNull();
    expect(sealDecision(closing, 450).closedAt).toBe(450);
    expect(sealDecision(closedBy(opened({ opensAt: 100 })), 450).closedAt).toBe(450);
  });

  it("is never beyond its window, though a shard was sealed later", () => {
    expect(sealDecision(closedBy(opened(window)), 1_000).closedAt).toBe(900);
  });
});

describe("changes of a draft that add up", () => {
  /** A draft whose JSON, with its rule as a document, has this many bytes. */
  const ofBytes = (bytes: number): Decision => {
    const { rule, ...rest } = { ...draft, description: "" };
    const others = utf8Bytes(canonicalJson(rest)) + utf8Bytes(rule);
    return drafted({ description: "a".repeat(bytes - others) });
  };

  it.each([
    ["one byte less than a draft may have is taken", -1, true],
    ["as many as it may have are taken", 0, true],
    ["one more is refused", 1, false],
  ])("%s", (_, more, isTaken) => {
    const decision = ofBytes(limits.draftBytesMax);
    const { description } = decision.draft;
    const changed = more < 0 ? description.slice(0, more) : description + "a".repeat(more);
    const transition = amendDraft(decision, { description: changed, title: draft.title }, context);
    expect("decision" in transition).toBe(isTaken);
    if ("refused" in transition) expect(transition.refused).toBe("decision.too_large");
  });
});

/** A decision that was opened, brought to this status. */
function inStatus(status: DecisionStatus, changes: Partial<DecisionDraft> = {}): Decision {
  return status === "draft" ? drafted(changes) : { ...opened(changes), status };
}

describe("what may be asked of a decision", () => {
  const byStatus = (act: (decision: Decision) => object, changes: Partial<DecisionDraft> = {}) =>
    Object.fromEntries(
      statuses.map((status) => {
        const decision = inStatus(status, changes);
        const transition = act(decision);
        if ("refused" in transition) return [status, transition.refused];
        const after = "decision" in transition ? transition.decision : transition;
        return [status, after === decision ? "unchanged" : (after as Decision).status];
      }),
    );

  it("is opening: a draft opens, what is open stays as it is, what has ended is not opened again", () => {
    expect(byStatus((decision) => openDecision(decision, 100, canonicalJson))).toEqual({
      draft: "open",
      scheduled: "unchanged",
      open: "unchanged",
      closing: "decision.already_ended",
      closed: "decision.already_ended",
      certified: "decision.already_ended",
      cancelled: "decision.already_ended",
    });
  });

  it("is closing, once it is open and where its manifest lets the organiser do so", () => {
    const ended = { closing: "unchanged", closed: "unchanged", certified: "unchanged" };
    const notYet = { draft: "decision.not_open", scheduled: "decision.not_open" };
    const cancelled = { cancelled: "decision.already_ended" };
    const others = { ...ended, ...notYet, ...cancelled };
    expect(byStatus(closeDecision)).toEqual({ ...others, open: "closing" });
    const never = { endsEarly: "never", closesAt: 900 } as const;
    expect(byStatus(closeDecision, never)).toEqual({ ...others, open: "decision.not_over" });
    const unfrozen = { ...drafted(), status: "open" } as const;
    expect(closeDecision(unfrozen)).toEqual({ refused: "decision.not_over" });
  });

  it("is cancelling, until it has begun to close", () => {
    expect(byStatus(cancelDecision)).toEqual({
      draft: "cancelled",
      scheduled: "cancelled",
      open: "cancelled",
      closing: "decision.already_ended",
      closed: "decision.already_ended",
      certified: "decision.already_ended",
      cancelled: "unchanged",
    });
  });

  it("is certifying, once it is closed and at no other time", () => {
    const unchanged = Object.fromEntries(statuses.map((status) => [status, "unchanged"]));
    const certify = (decision: Decision) => certifyDecision(decision, 700);
    expect(byStatus(certify)).toEqual({ ...unchanged, closed: "certified" });
    expect(certify(inStatus("closed")).certifiedAt).toBe(700);
  });

  it("is changing its draft, before it is opened", () => {
    const refused = Object.fromEntries(statuses.map((status) => [status, "decision.not_draft"]));
    expect(byStatus((decision) => amendDraft(decision, { title: "Other" }, context))).toEqual({
      ...refused,
      draft: "draft",
    });
  });

  it("is told apart by whether it takes votes, and by whether the last word is said", () => {
    const those = (isMeant: (status: DecisionStatus) => boolean) => statuses.filter(isMeant);
    expect(those((status) => isOpenOrScheduled(inStatus(status)))).toEqual(["scheduled", "open"]);
    expect(those(isSettled)).toEqual(["closed", "certified"]);
    expect(beginClosing(inStatus("open")).status).toBe("closing");
  });

  it("is nothing of the clock but to open what is scheduled and to close what is open", () => {
    const window = { opensAt: 200, closesAt: 300 };
    for (const status of statuses) {
      const decision = inStatus(status, window);
      const isWaiting = status === "scheduled" || status === "open";
      if (!isWaiting) expect(passTime(decision, 9_999)).toBe(decision);
      const moments = { scheduled: 200, open: 300 } as const;
      expect(nextLifecycleMoment(decision)).toBe(isWaiting ? moments[status] : null);
    }
    expect(nextLifecycleMoment(opened())).toBeNull();
  });
});

describe("the window of a draft", () => {
  it("may not end before it begins, and has an end unless its organiser ends it", () => {
    const window = (opensAt: number | null, closesAt: number | null) => {
      const transition = amendDraft(drafted(), { opensAt, closesAt }, context);
      return "refused" in transition ? transition.refused : "taken";
    };
    const backwards = "decision.window_backwards";
    expect([window(5, 6), window(5, 5), window(6, 5)]).toEqual(["taken", backwards, backwards]);
    expect([window(null, 5), window(5, null), window(null, null)]).toEqual(Array(3).fill("taken"));
    const endless = (endsEarly: "never" | "by_organiser") =>
      openDecision(drafted({ endsEarly }), 100, canonicalJson);
    expect(endless("never")).toEqual({ refused: "decision.no_end" });
    expect(endless("by_organiser")).toMatchObject({ decision: { status: "open" } });
    const ending = openDecision(drafted({ endsEarly: "never", closesAt: 900 }), 1, canonicalJson);
    expect(ending).toMatchObject({ decision: { status: "open" } });
  });

  it("may not be given an end that has passed, if only by a moment; what else changes may stand", () => {
    const end = (closesAt: number | null, now: number) => {
      const transition = amendDraft(drafted(), { closesAt }, { now, bounds: limits });
      return "refused" in transition ? transition : "taken";
    };
    expect(end(100, 99)).toBe("taken");
    expect(end(100, 100)).toEqual({
      refused: "decision.window_passed",
      faults: [
        { pointer: "/closes_at", detail: "a time to come; it is 1970-01-01T00:00:00.100Z here" },
      ],
    });
    expect(end(null, 100)).toBe("taken");
    const late = { now: 100, bounds: limits };
    const titled = amendDraft(drafted({ closesAt: 100 }), { title: "Other" }, late);
    expect(titled).toMatchObject({ decision: { draft: { title: "Other", closesAt: 100 } } });
  });

  it("may not have passed when it is opened, if only by a moment", () => {
    const open = (now: number) => openDecision(drafted({ closesAt: 100 }), now, canonicalJson);
    expect(open(99)).toMatchObject({ decision: { status: "open" } });
    expect(open(100)).toEqual({ refused: "decision.window_passed" });
  });

  it("is open at once where it begins with the opening", () => {
    const open = (opensAt: number) => opened({ opensAt }, 100).status;
    expect([99, 100, 101].map(open)).toEqual(["open", "open", "scheduled"]);
  });

  it("is checked with the rule, which says where it does not fit", () => {
    const transition = amendDraft(drafted(), { extensionMinutes: 5 }, context);
    expect(transition).toMatchObject({ refused: "rule.invalid" });
    expect("refused" in transition && transition.faults?.[0]?.pointer).toBe("/extension");
  });
});

describe("the roll of a decision", () => {
  const withRoll = { electorate: "roll", shards: 1, locationHints: [] } as const;
  const roll: Roll = {
    import: 1,
    hash: "hash",
    voters: 2,
    weight: "2",
    regions: [{ region: "north", voters: 2, weight: "2" }],
    shardHashes: ["a"],
    isInRoom: true,
    voterIds: "case_mapped",
    fewestAlike: [],
  };
  const outdated = { ...roll, shardHashes: ["a", "b"] };
  const open = (decision: Decision) => openDecision(decision, 100, canonicalJson);

  it("is imported into a draft that has one, and in force from then on", () => {
    expect(rollRefusal(drafted(withRoll))).toBeNull();
    expect(adoptRoll(drafted(withRoll), roll)).toEqual({
      decision: { ...drafted(withRoll), roll },
    });
  });

  it("is not imported into an open electorate, nor once the decision is opened", () => {
    expect(rollRefusal(drafted())).toBe("roll.open_electorate");
    expect(adoptRoll(drafted(), roll)).toEqual({ refused: "roll.open_electorate" });
    for (const status of statuses.slice(1)) {
      const decision = { ...drafted(withRoll), status };
      expect(rollRefusal(decision)).toBe("decision.not_draft");
      expect(adoptRoll(decision, roll)).toEqual({ refused: "decision.not_draft" });
    }
  });

  it("is neither adopted nor frozen where it no longer fits the draft", () => {
    expect(adoptRoll(drafted(withRoll), outdated)).toEqual({ refused: "roll.outdated" });
    expect(open({ ...drafted(withRoll), roll: outdated })).toEqual({ refused: "roll.outdated" });
  });

  it("is frozen at the opening, which needs one", () => {
    expect(open(drafted(withRoll))).toEqual({ refused: "roll.missing" });
    const transition = open({ ...drafted(withRoll), roll });
    expect(transition).toMatchObject({ decision: { manifest: { roll } } });
    // An open electorate has none, whatever was imported before it was one.
    const openElectorate = { ...drafted({ ...withRoll, electorate: "open" }), roll };
    expect(open(openElectorate)).toMatchObject({ decision: { manifest: { roll: null } } });
  });

  it("goes with a draft that is cancelled, and stays where votes were checked against it", () => {
    const draftWithRoll = { ...drafted(withRoll), roll };
    expect(cancelDecision(draftWithRoll)).toMatchObject({ decision: { roll: null } });
    const running = open(draftWithRoll);
    if ("refused" in running) throw new Error(running.refused);
    expect(cancelDecision(running.decision)).toMatchObject({ decision: { roll } });
  });
});
