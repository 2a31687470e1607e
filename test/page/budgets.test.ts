import { beforeAll, describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { ballotLink, castAtStation, openDecision } from "../support/page/organiser.ts";
import { watchSettling } from "../support/page/settled.ts";
import { countShifts, weighLoad, type LayoutShift } from "../support/page/weigh-load.ts";

const { visit } = useBrowser();

const scriptBytesMax = 110_000;
const requestsMax = 12;
const shiftMax = 0.02;
const phone = { width: 390, height: 844 };
const laptop = { width: 1_280, height: 800 };

const regions = Array.from({ length: 27 }, (_, index) => ({
  code: `r${index}`,
  name: `Region ${index}`,
}));

describe.each([
  ["decision on a phone", false, phone],
  ["decision on a laptop", false, laptop],
  ["ballot on a phone", true, phone],
  ["ballot on a laptop", true, laptop],
])("the page of a %s", (name, isBallot, viewport) => {
  let id: string;
  let path: string;
  beforeAll(async () => {
    const slug = `budget-${name.replaceAll(" ", "-")}`;
    const draft = { slug, title: "Lower the weir", regions, disclosure: "roll_call" } as const;
    id = (await openDecision(draft)).id;
    await castAtStation(id, inEachRegion("first", "yes"));
    path = isBallot ? await ballotLink(id, { voter_id: "ana", region: "r0" }) : `/decisions/${id}`;
  });

  it("loads within its budget of code and requests", async () => {
    const visitor = await visit({ viewport });
    const whenSettled = watchSettling(visitor.page);
    const weigh = weighLoad(visitor.page);
    await visitor.page.goto(path);
    await whenSettled();
    const { requests, scripts } = await weigh();
    const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    expect(bytes, `scripts: ${JSON.stringify([...scripts])}`).toBeLessThanOrEqual(scriptBytesMax);
    expect(bytes, "scripts were counted").toBeGreaterThan(10_000);
    expect(requests.length, requests.join("\n")).toBeLessThanOrEqual(requestsMax);
    const first = (ending: string) => requests.findIndex((address) => address.endsWith(ending));
    expect(first(".css"), "nothing is drawn without the style").toBeGreaterThan(0);
    expect(first(".css"), requests.join("\n")).toBeLessThan(first(".js"));
    await visitor.leave();
  });

  it("keeps what is drawn in its place while it loads and results arrive", async () => {
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await visitor.context.addInitScript(countShifts);
    const whenSettled = watchSettling(page);
    await page.goto(path);
    await whenSettled();
    if (!isBallot) {
      await castAtStation(id, inEachRegion("second", "no"));
      await page.getByText("54 counted ballots").first().waitFor();
    }
    const shifts = await page.evaluate<LayoutShift[]>("globalThis.shifts");
    const sum = shifts.reduce((total, { value }) => total + value, 0);
    expect(sum, JSON.stringify(shifts)).toBeLessThanOrEqual(shiftMax);
    await visitor.leave();
  });
});

function inEachRegion(turn: string, vote: "yes" | "no") {
  return regions.map(({ code }) => ({
    voter_id: `${turn}-${code}`,
    vote,
    region: code,
    name: `${turn} of ${code}`,
  }));
}
