import { afterAll, describe, expect, it } from "vitest";
import { connectionPerCall, KeptConnection } from "../../../src/database/postgres/session.ts";
import { postgresSearch } from "../../../src/search/embedded/postgres/postgres-search.ts";
import type { PostgresSession } from "../../../src/database/postgres/session.ts";
import { SearchUnavailable } from "../../../src/search/search.ts";
import { holdsForTheEmbedded } from "../../support/search/embedded-contract.ts";
import { asking } from "../../support/search/find.ts";
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
