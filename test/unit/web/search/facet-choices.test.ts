import { expect, test } from "vitest";
import { foundFacetValues, knownFacetValues } from "../../../../src/web/search/facet-choices.ts";

const statuses = ["open", "closed", "certified"] as const;

test("values that are known stand in their order, without those that nothing has", () => {
  const facet = [
    { value: "certified", count: 9 },
    { value: "open", count: 2 },
  ];
  expect(knownFacetValues(statuses, { chosen: [], facet })).toEqual([
    { value: "open", isChosen: false, count: 2 },
    { value: "certified", isChosen: false, count: 9 },
  ]);
});

test("where one is chosen, the others say what they would find", () => {
  const facet = [
    { value: "certified", count: 9 },
    { value: "open", count: 2 },
  ];
  expect(knownFacetValues(statuses, { chosen: ["open"], facet })).toEqual([
    { value: "open", isChosen: true, count: 2 },
    { value: "certified", isChosen: false, count: 9 },
  ]);
});

test("one that is chosen and that nothing has can be taken away again", () => {
  expect(knownFacetValues(statuses, { chosen: ["closed"], facet: [] })[0]).toEqual({
    value: "closed",
    isChosen: true,
    count: 0,
  });
  expect(foundFacetValues([], "gone")).toEqual([{ value: "gone", isChosen: true, count: 0 }]);
});

test("of values that nobody knows beforehand the first twelve are offered, and the one chosen", () => {
  const facet = Array.from({ length: 13 }, (_, index) => ({
    value: `r${index}`,
    count: 13 - index,
  }));
  const offered = foundFacetValues(facet, null);
  expect(offered).toHaveLength(12);
  expect(offered[0]).toEqual({ value: "r0", isChosen: false, count: 13 });
  const withLast = foundFacetValues(facet, "r12");
  expect(withLast).toHaveLength(12);
  expect(withLast[0]).toEqual({ value: "r12", isChosen: true, count: 1 });
  expect(withLast[1]).toEqual({ value: "r0", isChosen: false, count: 13 });
  expect(foundFacetValues(facet, "r3")[3]).toEqual({ value: "r3", isChosen: true, count: 10 });
});
