import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { adminKey, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { roomOf } from "../../../support/worker/objects.ts";

const sealed = /^[\w-]{251}$/;

type Page = { items: unknown[] };

async function read(path: string, bookmark: string | null, key: string | null) {
  const headers: Record<string, string> = bookmark === null ? {} : { "read-bookmark": bookmark };
  const response = await send("GET", path, { key, headers });
  expect(response.status).toBe(200);
  const page: Page = await response.json();
  return { items: page.items, bookmark: response.headers.get("read-bookmark") ?? "" };
}

describe("lists from the database", () => {
  it("give their reader a bookmark, and take it with the next page", async () => {
    const id = await openedDecision({ disclosure: "roll_call", visibility: "live" });
    await castBatch(id, votesOf(3, "yes", "north"));
    await runDurableObjectAlarm(roomOf(id));
    for (const [path, key] of [
      ["/api/v1/decisions", null],
      ["/api/v1/own-decisions", adminKey],
      ["/api/v1/regions/north/results", null],
      [`/api/v1/decisions/${id}/votes/received`, null],
    ] as const) {
      const first = await read(path, null, key);
      expect([path, first.bookmark]).toEqual([path, expect.stringMatching(sealed)]);
      const again = await read(path, first.bookmark, key);
      expect(again.items.length).toBeGreaterThanOrEqual(first.items.length);
      expect(again.bookmark).toMatch(sealed);
      // Whether anything was written in between is not to be seen.
      expect(again.bookmark).not.toBe(first.bookmark);
    }
  });

  it("are read all the same with a bookmark that is none of ours", async () => {
    for (const bookmark of ["first-unconstrained", "0/0", "A".repeat(251), "%"]) {
      expect((await read("/api/v1/decisions", bookmark, null)).bookmark).toMatch(sealed);
    }
  });
});
