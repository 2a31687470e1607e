import { describe, expect, it } from "vitest";
import { chooseSearch } from "../../../src/search/settings.ts";

const engine = {
  SEARCH: "opensearch",
  DEPLOYMENT: "town.votes",
  SEARCH_URL: "https://search.example/",
};

describe("the choice of search", () => {
  it("is the embedded one, unless another is named", () => {
    expect(chooseSearch({})).toEqual({ kind: "embedded" });
    expect(chooseSearch({ SEARCH: "embedded" })).toEqual({ kind: "embedded" });
    expect(chooseSearch({ SEARCH: "none" })).toEqual({ kind: "none" });
  });

  it("of an engine has its address, and sizes where they are given", () => {
    const login = { SEARCH_USERNAME: "votes", SEARCH_PASSWORD: "secret" };
    const sizes = { SEARCH_BALLOT_SHARDS: "1", SEARCH_REPLICAS: "0" };
    expect(chooseSearch({ ...engine, ...login, ...sizes })).toEqual({
      kind: "opensearch",
      settings: {
        url: "https://search.example",
        username: "votes",
        password: "secret",
        prefix: "town.votes",
        ballotShards: 1,
        replicas: 0,
      },
    });
    expect(chooseSearch(engine)).toMatchObject({ settings: { ballotShards: 5, replicas: 1 } });
  });

  it.each([
    [{ SEARCH: "solr" }, "SEARCH is neither"],
    [{ DEPLOYMENT: "Town" }, "DEPLOYMENT: names of indexes have no capital letters"],
    [{ DEPLOYMENT: "" }, "DEPLOYMENT: 1 to 64"],
    [{ SEARCH_URL: "localhost:9200" }, "SEARCH_URL: the address"],
    [{ SEARCH_URL: undefined }, "SEARCH_URL: the address"],
    [{ SEARCH_USERNAME: "votes" }, "SEARCH_PASSWORD: the secrets"],
    [{ SEARCH_REPLICAS: "-1" }, "SEARCH_REPLICAS: "],
    [{ SEARCH_BALLOT_SHARDS: "0" }, "SEARCH_BALLOT_SHARDS: "],
  ])("is refused with a reason where it is %o", (wrong, reason) => {
    const choice = chooseSearch({ ...engine, ...wrong });
    expect(choice).toMatchObject({
      kind: "misconfigured",
      problem: expect.stringContaining(reason),
    });
  });
});
