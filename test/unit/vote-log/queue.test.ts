import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { redeliveryDelaySeconds } from "../../../src/vote-log/queue.ts";

describe("a message that could not be written", () => {
  it("comes again later each time, a minute later at most", () => {
    expect([1, 2, 3, 4, 5, 100].map(redeliveryDelaySeconds)).toEqual([5, 10, 20, 40, 60, 60]);
  });

  it("stays in its queue until its shard sends the ballots again, so that a copy is always on its way", () => {
    const settings = readFileSync("wrangler.toml", "utf8");
    const retries = [...settings.matchAll(/max_retries = (\d+)/g)].map(([, count]) =>
      Number(count),
    );
    expect(retries).toHaveLength(2);
    for (const count of retries) {
      const waits = Array.from({ length: count }, (_, index) => redeliveryDelaySeconds(index + 1));
      const inQueueMs = waits.reduce((sum, seconds) => sum + 1_000 * seconds, 0);
      expect(inQueueMs).toBeGreaterThan(limits.republishDelayMsMax);
    }
  });
});
