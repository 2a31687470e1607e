import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision, DecisionDraft } from "../../../src/decision/decision.ts";
import {
  amendDraft,
  cancelDecision,
  closeDecision,
  lifecycleSteps,
  nextLifecycleMoment,
  openDecision,
  passTime,
  sealDecision,
} from "../../../src/decision/lifecycle.ts";
import { canonicalJson } from "../../../src/decision/manifest.ts";
import { utf8Bytes } from "../../../src/shared/utf8-bytes.ts";
import { limits } from "../../../src/shared/limits.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

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
    expect(amendDraft(decision, { title: "Other" }, limits)).toEqual({
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
    const transition = amendDraft(drafted(), { title: "Other", id: "stolen" }, limits);
    expect(transition).toMatchObject({ decision: { draft: { title: "Other", id: "delta" } } });
  });

  it("leaves a draft as it is where the change says what stands there, and checks the change all the same", () => {
    const decision = drafted({ closesAt: 200 });
    const same = { title: draft.title, regions: [{ name: "North", code: "north" }], closesAt: 200 };
    for (const changes of [{}, same]) {
      const transition = amendDraft(decision, changes, limits);
      expect("decision" in transition && transition.decision).toBe(decision);
      expect(amendDraft(opened(), changes, limits)).toEqual({ refused: "decision.not_draft" });
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
    const extended = { ...opened(window), extendedTo: 1_200 };
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
    const transition = amendDraft(decision, { description: changed, title: draft.title }, limits);
    expect("decision" in transition).toBe(isTaken);
    if ("refused" in transition) expect(transition.refused).toBe("decision.too_large");
  });
});
