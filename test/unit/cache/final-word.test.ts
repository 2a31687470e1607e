import { describe, expect, it } from "vitest";
import { FinalWord } from "../../../src/cache/final-word.ts";
import { memoryCache } from "../../../src/cache/memory.ts";
import { sampleResult } from "../../support/cache/sample-result.ts";

const final = sampleResult();
const id = final.decisionId;

function wordsTo(cache: ReturnType<typeof memoryCache> | null) {
  const reports: string[] = [];
  return { word: new FinalWord(cache, (event) => void reports.push(event)), reports };
}

describe("the room's word to the cache", () => {
  it("is what is final, and each later version of it", async () => {
    const cache = memoryCache(() => 0);
    const { word } = wordsTo(cache);
    await word.say(null);
    await word.say(sampleResult({ status: "open", isFinal: false, version: 10 }));
    expect((await cache.look(id)).kind).toBe("missing");
    await word.say(final);
    expect(await cache.look(id)).toMatchObject({ version: final.version });
    await word.say(sampleResult({ version: final.version + 1 }));
    expect(await cache.look(id)).toMatchObject({ version: final.version + 1 });
  });

  it("is said once a version, and its loss is reported and harms nothing", async () => {
    let kept = 0;
    const lost = {
      ...memoryCache(() => 0),
      keep: (): Promise<boolean> => {
        kept += 1;
        return Promise.reject(new Error("Redis is away"));
      },
    };
    const { word, reports } = wordsTo(lost);
    for (let times = 0; times < 3; times += 1) await word.say(final);
    expect([kept, reports]).toEqual([1, ["cache.final_word_lost"]]);
  });

  it("is none where there is no cache", async () => {
    const { word, reports } = wordsTo(null);
    await word.say(final);
    expect(reports).toEqual([]);
  });
});
