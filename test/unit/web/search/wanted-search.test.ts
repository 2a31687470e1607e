import { describe, expect, test } from "vitest";
import {
  isNarrowed,
  readWantedSearch,
  searchAddress,
  searchResource,
  type WantedSearch,
} from "../../../../src/web/search/wanted-search.ts";

const queryOf = (address: string) => new URL(address, "http://page/").searchParams;
const page = { perPage: 20, withFacets: true };

const whole: WantedSearch = {
  words: "mangrove & reef=",
  statuses: ["open", "certified"],
  outcomes: ["carried", "tie"],
  region: "north-east",
  owner: "river-keepers",
  year: "2026",
  after: "x=/y",
};

describe("the address of a search", () => {
  test("says all that is asked for", () => {
    expect(readWantedSearch(queryOf(searchAddress(whole)))).toEqual(whole);
  });

  test("is short where nothing is", () => {
    expect(searchAddress()).toBe("/search");
    expect(searchAddress(readWantedSearch(new URLSearchParams()))).toBe("/search");
  });

  test("may have each box of a form by itself, and fields that are empty", () => {
    const sent = "q=++reef&status=certified&status=open&region=&owner=&year=";
    expect(searchAddress(readWantedSearch(new URLSearchParams(sent)))).toBe(
      "/search?q=reef&status=open%2Ccertified",
    );
  });

  test("asks for no value that is none, nor for drafts", () => {
    const sent = "status=draft,haunted,closed&outcome=won&year=26";
    expect(readWantedSearch(new URLSearchParams(sent))).toEqual({
      ...readWantedSearch(new URLSearchParams()),
      statuses: ["closed"],
    });
  });
});

describe("what the API is asked", () => {
  test("is a year by its first day and the next one's", () => {
    expect(Object.fromEntries(queryOf(searchResource(whole, page)))).toEqual({
      q: "mangrove & reef=",
      status: "open,certified",
      outcome: "carried,tie",
      region: "north-east",
      owner: "river-keepers",
      from: "2026-01-01",
      to: "2027-01-01",
      after: "x=/y",
      per_page: "20",
      facets: "true",
    });
  });

  test("has no words where there are none", () => {
    expect(searchResource({ words: "" }, { perPage: 6, withFacets: false })).toBe(
      "/api/v1/search/decisions?per_page=6",
    );
  });
});

test("a search is narrowed by anything but words and where it begins", () => {
  const words = { ...readWantedSearch(new URLSearchParams("q=reef&after=x")) };
  expect(isNarrowed(words)).toBe(false);
  expect(isNarrowed({ ...words, statuses: ["open"] })).toBe(true);
  expect(isNarrowed({ ...words, outcomes: ["tie"] })).toBe(true);
  expect(isNarrowed({ ...words, region: "a" })).toBe(true);
  expect(isNarrowed({ ...words, owner: "a" })).toBe(true);
  expect(isNarrowed({ ...words, year: "2026" })).toBe(true);
});
