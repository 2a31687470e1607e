import { describe, expect, it } from "vitest";
import { keepCurrent, type CurrentDecision } from "../../../../src/web/decision/keep-current.ts";

const end = Date.parse("2026-11-23T12:00:00.000Z");
const iso = (at: number) => new Date(at).toISOString();
const anHour = 3_600_000;

const open: CurrentDecision = {
  status: "open",
  opens_at: null,
  closes_at: iso(end),
  closed_at: null,
};

/** A page that shows a decision, answered by `latest`; its timers are let go by hand. */
function pageOf(shown: CurrentDecision, latest: () => Promise<CurrentDecision>) {
  const timers: { act: () => void; ms: number }[] = [];
  const page = { shown, asked: 0 };
  const current = keepCurrent({
    readDecision: async () => {
      page.asked += 1;
      page.shown = await latest();
    },
    setTimer: (act, ms) => timers.push({ act, ms }),
    random: () => 0.5,
  });
  return Object.assign(page, {
    waits: () => timers.map(({ ms }) => ms),
    tick: (now: number) => current.tick(page.shown, now),
    async letTimersGo() {
      for (const { act } of timers.splice(0)) act();
      await new Promise((resolve) => setTimeout(resolve));
    },
  });
}

describe("an open page", () => {
  it("asks for nothing before the end, nor where there is none", async () => {
    const page = pageOf(open, async () => open);
    page.tick(end - 1);
    const endless = pageOf({ ...open, closes_at: null }, async () => open);
    endless.tick(end + anHour);
    expect([...page.waits(), ...endless.waits()]).toEqual([]);
  });

  it("shows the new end once the old one has passed and the decision was extended, asking once and not at the same moment as all others", async () => {
    const extended = { ...open, closes_at: iso(end + anHour) };
    const page = pageOf(open, async () => extended);
    page.tick(end);
    page.tick(end + 250);
    expect(page.waits()).toEqual([2_000]);
    await page.letTimersGo();
    await page.letTimersGo();
    page.tick(end + 500);
    expect([page.shown.closes_at, page.asked, page.waits()]).toEqual([extended.closes_at, 1, []]);
  });

  it("shows when the decision closed, and then that it is certified, asking less and less often", async () => {
    const closed: CurrentDecision = { ...open, status: "closed" };
    const isKnown: CurrentDecision = { ...closed, closed_at: iso(end - anHour) };
    const answers = [isKnown, isKnown, { ...isKnown, status: "certified" } as const];
    const page = pageOf(closed, async () => answers.shift() ?? closed);
    const distances: number[][] = [];
    for (let reading = 0; reading < 3; reading += 1) {
      page.tick(end);
      await page.letTimersGo();
      distances.push(page.waits());
      await page.letTimersGo();
    }
    page.tick(end);
    expect([page.shown.status, page.shown.closed_at]).toEqual(["certified", iso(end - anHour)]);
    expect([page.asked, distances, page.waits()]).toEqual([3, [[5_000], [10_000], [20_000]], []]);
  });

  it("shows that voting has opened once it was to open", async () => {
    const scheduled = { ...open, status: "scheduled", opens_at: iso(end - anHour) } as const;
    const page = pageOf(scheduled, async () => open);
    page.tick(end - anHour - 1);
    expect(page.waits()).toEqual([]);
    page.tick(end - anHour);
    expect(page.waits()).toEqual([2_000]);
    await page.letTimersGo();
    expect(page.shown).toEqual(open);
  });

  it("asks soon again after each step, however long it waited for the one before", async () => {
    const scheduled = { ...open, status: "scheduled", opens_at: iso(end - anHour) } as const;
    const answers: CurrentDecision[] = [scheduled, scheduled, open];
    const page = pageOf(scheduled, async () => answers.shift() ?? open);
    const distances: number[][] = [];
    for (let reading = 0; reading < 4; reading += 1) {
      page.tick(end);
      await page.letTimersGo();
      distances.push(page.waits());
      await page.letTimersGo();
    }
    expect(distances).toEqual([[5_000], [10_000], [20_000], [5_000]]);
  });

  it("keeps what it shows where nobody answers, and asks again some seconds later", async () => {
    const page = pageOf(open, () => Promise.reject(new Error("no answer")));
    page.tick(end);
    await page.letTimersGo();
    page.tick(end + 1_000);
    expect([page.shown, page.waits()]).toEqual([open, [5_000]]);
    await page.letTimersGo();
    page.tick(end + 6_000);
    await page.letTimersGo();
    expect(page.asked).toBe(2);
  });
});
