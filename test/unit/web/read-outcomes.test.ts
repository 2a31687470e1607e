import { describe, expect, it } from "vitest";
import { Refusal } from "../../../src/web/public/page/api.js";
import { readOutcomes } from "../../../src/web/public/outcome/read-outcomes.js";

type Outcome = Awaited<ReturnType<Parameters<typeof readOutcomes>[0]["readOutcome"]>>;

const none = { ballots: 0, weight: "0" };
const outcome = (version: number, final = false): Outcome => ({
  decision_id: "delta",
  version,
  final,
  outcome: "undecided",
  if_closed_now: "tie",
  sentence: "",
  requirements: [],
  forecast: null,
  rule: {},
  as_of: new Date(version).toISOString(),
  age_ms: 0,
  manifest_hash: "",
  electorate: null,
  tally: { total: { yes: none, no: none, abstain: none, ...none }, regions: [] },
  tokens: { issued: 0, reissued: 0, revoked: 0 },
  seals: [],
});

/** A reader that is answered from a script, whose last answer repeats, with timers that are let go by hand. */
function reader(script: (() => Outcome)[]) {
  const shown: number[] = [];
  const timers: (() => void)[] = [];
  let asked = 0;
  const outcomes = readOutcomes({
    readOutcome: async () => {
      const next = script[Math.min(asked, script.length - 1)];
      asked += 1;
      if (next === undefined) throw new Error("the script is empty");
      return next();
    },
    show: ({ version }) => shown.push(version),
    setTimer: (act) => timers.push(act),
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    follow: (version: number, shows: "counts" | "turnout" | "nothing") =>
      outcomes.follow({ version, shows }),
    shown,
    settled,
    get asked() {
      return asked;
    },
    async letTimersGo() {
      for (const act of timers.splice(0)) act();
      await settled();
    },
  };
}

const refuse = (status: number) => () => {
  throw new Refusal({ status, code: "refused" });
};

describe("following the outcome", () => {
  it("asks for nothing while the counts are hidden, and at once when they are shown", async () => {
    const page = reader([() => outcome(9, true)]);
    page.follow(3, "turnout");
    page.follow(4, "nothing");
    await page.letTimersGo();
    expect(page.asked).toBe(0);
    page.follow(9, "counts");
    await page.settled();
    expect(page.shown).toEqual([9]);
  });

  it("reads again once the results have moved on, one reading at a time", async () => {
    const page = reader([() => outcome(1), () => outcome(3)]);
    page.follow(1, "counts");
    page.follow(2, "counts");
    page.follow(3, "counts");
    await page.settled();
    expect(page.asked).toBe(1);
    await page.letTimersGo();
    await page.letTimersGo();
    expect([page.asked, page.shown]).toEqual([2, [1, 3]]);
  });

  it("reads again where the answer is older than the results: the last word is never missed", async () => {
    const page = reader([() => outcome(2), () => outcome(3, true)]);
    page.follow(3, "counts");
    await page.settled();
    await page.letTimersGo();
    await page.letTimersGo();
    expect([page.asked, page.shown]).toEqual([2, [2, 3]]);
  });

  it("asks again after a refusal that may pass, and not after the word that there is none", async () => {
    const page = reader([refuse(503), refuse(409)]);
    page.follow(1, "counts");
    await page.settled();
    await page.letTimersGo();
    expect(page.asked).toBe(2);
    page.follow(2, "counts");
    await page.letTimersGo();
    expect([page.asked, page.shown]).toEqual([2, []]);
  });
});
