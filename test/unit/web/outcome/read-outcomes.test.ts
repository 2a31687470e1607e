import { describe, expect, it } from "vitest";
import { Refusal } from "../../../../src/web/api/read-api.ts";
import { readOutcomes } from "../../../../src/web/outcome/read-outcomes.ts";

type Outcome = Awaited<ReturnType<Parameters<typeof readOutcomes>[0]["readOutcome"]>>;

const outcome = (version: number, final = false): Outcome => ({ version, final });

/** A reader that is answered from a script, whose last answer repeats, with timers that are let go by hand. */
function reader(script: (() => Outcome)[], known?: Outcome) {
  const shown: number[] = [];
  const timers: (() => void)[] = [];
  let asked = 0;
  const outcomes = readOutcomes(
    {
      readOutcome: async () => {
        const next = script[Math.min(asked, script.length - 1)];
        asked += 1;
        if (next === undefined) throw new Error("the script is empty");
        const read = next();
        shown.push(read.version);
        return read;
      },
      setTimer: (act) => timers.push(act),
    },
    known,
  );
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

  it("asks for nothing that is not newer than what the page came with", async () => {
    const page = reader([() => outcome(5)], outcome(4));
    page.follow(4, "counts");
    await page.settled();
    expect(page.asked).toBe(0);
    page.follow(5, "counts");
    await page.settled();
    expect(page.shown).toEqual([5]);
  });

  it("asks for nothing any more once the page came with the last word", async () => {
    const page = reader([() => outcome(9, true)], outcome(4, true));
    page.follow(5, "counts");
    await page.settled();
    expect(page.asked).toBe(0);
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
