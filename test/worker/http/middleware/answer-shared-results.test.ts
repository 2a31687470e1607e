import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { SharedReads } from "../../../../src/http/coalescing/shared-reads.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";

afterEach(releaseClock);
afterEach(() => void vi.restoreAllMocks());

const drafts = {
  "a roll call": { disclosure: "roll_call" },
  "a decision that shows turnout": { visibility: "turnout" },
  "a sealed decision": { visibility: "sealed" },
  "a decision in releases": { release_min: 2 },
  "a closed decision": {},
} as const;
const ids = new Map<string, string>();

beforeAll(async () => {
  for (const [name, draft] of Object.entries(drafts)) {
    const id = await openedDecision(draft);
    await castBatch(id, votesOf(30, "yes", "north"));
    if (name === "a closed decision")
      await send("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
    ids.set(name, id);
  }
});

/** The whole of an answer; a question mark at the end has it pass the router. */
async function answer(path: string, headers: Record<string, string>) {
  const response = await send("GET", path, { headers });
  const { status } = response;
  const named = [...response.headers].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { status, headers: named, text: await response.text() };
}

describe("results that the isolate shares", () => {
  it.each(Object.keys(drafts))("of %s are answered as their route does", async (name) => {
    stopClockAt(Date.now() + 5_000);
    const path = `/api/v1/decisions/${ids.get(name)}/results`;
    // Now it is shared.
    await answer(path, {});
    const { headers } = await answer(path, {});
    const etag = Object.fromEntries(headers)["etag"] ?? "";
    stopClockAt(Date.now() + 700);
    const seen = [{}, etag, etag.slice(2), `"other", ${etag}`, 'W/"0"', "*", "none"].map((sent) =>
      typeof sent === "string" ? { "if-none-match": sent } : sent,
    );
    for (const sent of seen) {
      for (const encoding of [{}, { "accept-encoding": "gzip" }]) {
        const asked = { ...sent, ...encoding };
        const shared = await answer(path, asked);
        expect([asked, shared]).toEqual([asked, await answer(`${path}?`, asked)]);
        if (shared.status === 200) expect(shared.text).toMatch(/"age_ms":(?!0,)\d+,/);
      }
    }
  });

  it("pass no route, and with a query they do", async () => {
    stopClockAt(Date.now() + 10_000);
    const path = `/api/v1/decisions/${ids.get("a roll call")}/results`;
    await answer(path, {});
    const read = vi.spyOn(SharedReads.prototype, "read");
    expect((await answer(path, {})).status).toBe(200);
    expect(read).not.toHaveBeenCalled();
    await answer(`${path}?`, {});
    expect(read).toHaveBeenCalledOnce();
  });
});
