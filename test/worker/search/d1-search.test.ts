import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { limitedDatabase } from "../../../src/platform/platform-limits/limited-database.ts";
import { d1Search } from "../../../src/search/embedded/d1/d1-search.ts";
import { SearchUnavailable } from "../../../src/search/search.ts";
import { holdsForTheEmbedded } from "../../support/search/embedded-contract.ts";
import { asking } from "../../support/search/find.ts";
import { titled } from "../../support/search/samples.ts";
import { holdsTheSearchContract } from "../../support/search/search-contract.ts";

const emptyIndex = async () => {
  const index = d1Search(limitedDatabase(env.SEARCH_DB, env));
  await index.rebuild.begin();
  await index.rebuild.finish();
  return { index, settle: () => Promise.resolve() };
};

describe("the index in D1", () => {
  holdsTheSearchContract(emptyIndex);
  holdsForTheEmbedded(emptyIndex);

  it("is unavailable, and says why, where its migrations are not applied", async () => {
    const index = d1Search(env.DB);
    const calls = [
      index.searchDecisions(asking({ words: "harbour" })),
      index.statistics(null),
      index.indexedTo(),
      index.indexDecisions([titled("a", "A")]),
      index.rebuild.isUnderWay(),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(SearchUnavailable);
    const problems = ["the migrations of D1 are not applied"];
    expect(await index.health()).toEqual({ kind: "embedded", problems, indexedTo: null });
  });
});
