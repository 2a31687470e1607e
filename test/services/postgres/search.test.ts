import { afterAll, describe, expect, it } from "vitest";
import { connectionPerCall, KeptConnection } from "../../../src/database/postgres/session.ts";
import { postgresSearch } from "../../../src/search/embedded/postgres/postgres-search.ts";
import type { PostgresSession } from "../../../src/database/postgres/session.ts";
import type { DecisionDocument } from "../../../src/search/decision-document.ts";
import { SearchUnavailable, type DecisionFilters } from "../../../src/search/search.ts";
import { holdsForTheEmbedded } from "../../support/search/embedded-contract.ts";
import { asking, walkHits } from "../../support/search/find.ts";
import { sampleDocument, titled } from "../../support/search/samples.ts";
import { holdsTheSearchContract } from "../../support/search/search-contract.ts";
import { createTestDatabase, throughPgbouncer } from "../../support/services/test-database.ts";

const underTest = await createTestDatabase();
const kept = new KeptConnection(underTest.workerUrl);
afterAll(async () => {
  await kept.close();
  await underTest.drop();
});

const emptyIndex = (session: PostgresSession) => async () => {
  const index = postgresSearch(session);
  await index.rebuild.finish(await index.rebuild.begin());
  return { index, settle: () => Promise.resolve() };
};

describe("the index in Postgres, on one connection", () => {
  holdsTheSearchContract(emptyIndex(kept));
  holdsForTheEmbedded(emptyIndex(kept));

  it("keeps no kind and no list of regions beyond a rebuild that no decision has", async () => {
    const { index } = await emptyIndex(kept)();
    const remembered = async () => {
      const { rows } = await kept.run((client) =>
        client.query<{ kinds: number; lists: number; listed: number }>(
          `SELECT (SELECT count(*)::integer FROM search_kinds) AS kinds,
            (SELECT count(*)::integer FROM search_region_lists) AS lists,
            (SELECT count(*)::integer FROM search_listed_regions) AS listed`,
        ),
      );
      return rows[0];
    };
    const still = sampleDocument({ id: "kept", regions: ["NO-03"] });
    await index.indexDecisions([
      still,
      sampleDocument({ id: "gone", regions: ["NO-03", "NO-46"], owner: "Left" }),
    ]);
    expect(await remembered()).toEqual({ kinds: 2, lists: 2, listed: 3 });
    const round = await index.rebuild.begin();
    await index.indexDecisions([still]);
    await index.rebuild.finish(round);
    expect(await remembered()).toEqual({ kinds: 1, lists: 1, listed: 1 });
  });

  it("finds by pages, and counts, what lies beyond the newest thousand", async () => {
    const { index } = await emptyIndex(kept)();
    // Of each three one says it in its title, one in its description and one nowhere; a few say it otherwise.
    const saying = (place: number) => ({
      title: ["Riverside path", "A path", "A path"][place % 3] ?? "",
      description:
        ["", "Along the riverside", place % 10 === 0 ? "At the riverbide" : ""][place % 3] ?? "",
    });
    const all = Array.from({ length: 2_400 }, (_, place) =>
      sampleDocument({
        id: `d-${place}`,
        texts: [{ language: "en", ...saying(place) }],
        opensAt: place * 60_000,
        owner: place < 1_200 ? "Early" : "Late",
        regions: [place % 2 === 0 ? "NO-03" : "NO-46"],
      }),
    );
    await index.indexDecisions(all);
    const newestOf = (rest: number) => all.filter((_, place) => place % 3 === rest).toReversed();
    const alike = newestOf(2).filter(({ texts }) => texts[0].description !== "");
    const expectFound = async (
      filters: DecisionFilters,
      isKept: (it: DecisionDocument) => boolean,
    ) => {
      const expected = [...newestOf(0), ...newestOf(1), ...alike].filter(isKept);
      const pages = await walkHits(index, asking({ words: "riverside", filters, perPage: 100 }));
      expect(pages.flatMap(({ hits }) => hits.map(({ id }) => id))).toEqual(
        expected.map(({ id }) => id),
      );
      expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([expected.length]));
    };
    await expectFound({}, () => true);
    await expectFound({ owner: "Early" }, ({ owner }) => owner === "Early");
    await expectFound(
      { region: "NO-46", to: 36_000_000 },
      ({ regions, opensAt }) => regions.includes("NO-46") && opensAt < 36_000_000,
    );
    const found = [...newestOf(0), ...newestOf(1), ...alike];
    const filters = { owner: "Early", region: "NO-03" };
    const { facets } = await index.searchDecisions(
      asking({ words: "riverside", filters, withFacets: true }),
    );
    const ofOwner = (value: string) => found.filter(({ owner }) => owner === value);
    const count = (of: readonly DecisionDocument[], region: string) =>
      of.filter(({ regions }) => regions.includes(region)).length;
    expect(facets?.owner).toEqual(
      ["Early", "Late"]
        .map((value) => ({ value, count: count(ofOwner(value), "NO-03") }))
        .toSorted((a, b) => b.count - a.count),
    );
    expect(facets?.region).toEqual(
      ["NO-03", "NO-46"]
        .map((value) => ({ value, count: count(ofOwner("Early"), value) }))
        .toSorted((a, b) => b.count - a.count),
    );
  });

  it("is unavailable, and says why, where there is no Postgres", async () => {
    const index = postgresSearch(connectionPerCall("postgres://nobody@127.0.0.1:9/nothing"));
    await expect(index.searchDecisions(asking({ words: "a" }))).rejects.toThrow(SearchUnavailable);
    await expect(index.indexDecisions([titled("a", "A")])).rejects.toThrow(SearchUnavailable);
    const problems = ["Postgres does not answer"];
    expect(await index.health()).toEqual({ kind: "embedded", problems, indexedTo: null });
  });
});

describe("the index in Postgres behind PgBouncer, with a connection a call", async () => {
  const pooled = connectionPerCall(await throughPgbouncer(underTest.workerUrl));
  holdsTheSearchContract(emptyIndex(pooled));
  holdsForTheEmbedded(emptyIndex(pooled));
});
