import { describe, expect, it } from "vitest";
import { FinalResultPublisher } from "../../../src/cache/final-result-publisher.ts";
import { memoryCache } from "../../../src/cache/memory.ts";
import { sampleResult } from "../../support/cache/sample-result.ts";

const final = sampleResult();
const id = final.decisionId;

function publisherTo(cache: ReturnType<typeof memoryCache> | null) {
  const reports: string[] = [];
  return {
    publisher: new FinalResultPublisher(cache, (event) => void reports.push(event)),
    reports,
  };
}

describe("the publisher of final results", () => {
  it("publishes what is final, and each later version of it", async () => {
    const cache = memoryCache(() => 0);
    const { publisher } = publisherTo(cache);
    await publisher.publish(null);
    await publisher.publish(sampleResult({ status: "open", isFinal: false, version: 10 }));
    expect((await cache.look(id)).kind).toBe("missing");
    await publisher.publish(final);
    expect(await cache.look(id)).toMatchObject({ version: final.version });
    await publisher.publish(sampleResult({ version: final.version + 1 }));
    expect(await cache.look(id)).toMatchObject({ version: final.version + 1 });
  });

  it("publishes a version once, and reports a failure, which harms nothing", async () => {
    let kept = 0;
    const lost = {
      ...memoryCache(() => 0),
      keep: (): Promise<boolean> => {
        kept += 1;
        return Promise.reject(new Error("Redis is away"));
      },
    };
    const { publisher, reports } = publisherTo(lost);
    for (let times = 0; times < 3; times += 1) await publisher.publish(final);
    expect([kept, reports]).toEqual([1, ["cache.final_result_not_published"]]);
  });

  it("does nothing where there is no cache", async () => {
    const { publisher, reports } = publisherTo(null);
    await publisher.publish(final);
    expect(reports).toEqual([]);
  });
});
