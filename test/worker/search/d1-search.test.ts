import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { limitedDatabase } from "../../../src/platform/platform-limits/limited-database.ts";
import { d1Reader } from "../../../src/search/embedded/d1/reader.ts";
import { d1Search } from "../../../src/search/embedded/d1/d1-search.ts";
import { d1CountStatement } from "../../../src/search/embedded/d1/count-statement.ts";
import { SearchUnavailable } from "../../../src/search/search.ts";
import { holdsForTheEmbedded } from "../../support/search/embedded-contract.ts";
import { asking } from "../../support/search/find.ts";
import { sampleDocument, titled } from "../../support/search/samples.ts";
import { holdsTheSearchContract } from "../../support/search/search-contract.ts";

const emptyIndex = async () => {
  const index = d1Search(limitedDatabase(env.SEARCH_DB, env));
  await index.rebuild.finish(await index.rebuild.begin());
  return { index, settle: () => Promise.resolve() };
};

describe("the index in D1", () => {
  holdsTheSearchContract(emptyIndex);
  holdsForTheEmbedded(emptyIndex);

  it("counts regions by the lists that were found, whatever others there are", async () => {
    const database = limitedDatabase(env.SEARCH_DB, env);
    const query = asking({ withFacets: true });
    const { text, values } = d1CountStatement(query, null, d1Reader(database).dialect);
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).bind(...values);
    const { results } = await plan.all<{ detail: string }>();
    const steps = results.map(({ detail }) => detail);
    expect(steps.filter((step) => step.includes("search_listed_regions"))).toEqual([
      expect.stringMatching(/^SEARCH search_listed_regions USING .*\(regions=\?\)/),
    ]);
  });

  it("keeps no kind and no list of regions beyond a rebuild that no decision has", async () => {
    const { index } = await emptyIndex();
    const remembered = async () => {
      const tables = ["search_kinds", "search_region_lists", "search_listed_regions"];
      const counts = tables.map((table) =>
        env.SEARCH_DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n"),
      );
      return Promise.all(counts);
    };
    const kept = sampleDocument({ id: "kept", regions: ["NO-03"] });
    await index.indexDecisions([
      kept,
      sampleDocument({ id: "gone", regions: ["NO-03", "NO-46"], owner: "Left" }),
    ]);
    expect(await remembered()).toEqual([2, 2, 3]);
    const round = await index.rebuild.begin();
    await index.indexDecisions([kept]);
    await index.rebuild.finish(round);
    expect(await remembered()).toEqual([1, 1, 1]);
  });

  it("is unavailable, and says why, where its migrations are not applied", async () => {
    const index = d1Search(env.DB);
    const calls = [
      index.searchDecisions(asking({ words: "harbour" })),
      index.statistics(null),
      index.indexedTo(),
      index.indexDecisions([titled("a", "A")]),
      index.rebuild.stateOf(1),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(SearchUnavailable);
    const problems = ["the migrations of D1 are not applied"];
    expect(await index.health()).toEqual({ kind: "embedded", problems, indexedTo: null });
  });
});
