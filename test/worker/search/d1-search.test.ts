import { env } from "cloudflare:workers";
import { describe } from "vitest";
import { limitedDatabase } from "../../../src/platform/platform-limits/limited-database.ts";
import { d1Search } from "../../../src/search/embedded/d1/d1-search.ts";
import { holdsTheSearchContract } from "../../support/search/search-contract.ts";

describe("the index in D1", () => {
  holdsTheSearchContract(async () => {
    const index = d1Search(limitedDatabase(env.SEARCH_DB, env));
    await index.rebuild.begin();
    await index.rebuild.finish();
    return { index, settle: () => Promise.resolve() };
  });
});
