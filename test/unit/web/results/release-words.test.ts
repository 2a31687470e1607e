import { describe, expect, it } from "vitest";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { missingRegionsWords, releaseWords } from "../../../../src/web/results/release-words.ts";

const i18n = createI18n("en");

describe("how figures lag", () => {
  it("is said where they do, and when the first ones come", () => {
    expect(releaseWords(i18n, { release_min: 10 }, 20)).toBe(
      "Shown in steps of at least 10 new voters, one step behind",
    );
    expect(releaseWords(i18n, { release_min: 10 }, 0)).toBe(
      "Nothing is shown yet: the first figures appear once twice 10 new voters have voted",
    );
    expect(releaseWords(i18n, {}, 0)).toBeNull();
  });
});

describe("regions without figures", () => {
  it("are counted, with the reason of the moment", () => {
    expect(missingRegionsWords(i18n, { release_min: 10, status: "open" }, 3)).toBe(
      "Not shown yet: 3 regions in which too few have voted so far.",
    );
    expect(missingRegionsWords(i18n, { status: "closed" }, 3)).toBe(
      "Not shown yet: 3 regions. Figures by region follow when the decision is certified.",
    );
    expect(missingRegionsWords(i18n, { status: "certified" }, 1)).toBe(
      "Not shown: 1 region with too few voters to hide a single vote among.",
    );
    expect(missingRegionsWords(i18n, { status: "certified" }, 0)).toBeNull();
  });
});
