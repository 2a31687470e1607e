import { describe, expect, it } from "vitest";
import { faultsOf } from "./rules.ts";

const units = { units: "regions", that: "for" };
const all = { units: "regions" };
const there = { within: "lower", ...units };
const allThere = { within: "lower", ...all };
const yes = { ballots: "yes" };

/** What is said of a requirement; nothing where it may stand. */
function saidOf(requirement: object): string[] {
  const faults = faultsOf({
    tables: { weights: { a: 1, b: "1/2", c: 2 }, others: { a: 1, otherwise: 1 } },
    groups: { lower: ["a", "b"], upper: ["c"] },
    requirements: [{ id: "r", ...requirement }],
  });
  return faults.map(({ detail }) => detail);
}

const never = ["this can never be met: there is no more than all"];
const always = ["this is always met: there is no more than all"];

describe("a comparison with more than all", () => {
  it.each([
    ["at_least", [], never],
    ["more_than", never, never],
    ["at_most", always, always],
    ["less_than", [], always],
  ])("is refused by its bound, %s, at all and above", (bound, atAll, above) => {
    for (const [count, of] of [
      ["yes", ["yes", "no"]],
      [units, all],
      [there, allThere],
    ]) {
      const said = ["9/10", "1", "11/10"].map((figure) => saidOf({ count, [bound]: figure, of }));
      expect(said).toEqual([[], atAll, above]);
    }
  });

  it.each([
    [{ units: "lower", that: "for" }, 2],
    [{ units: ["a", "b", "c"], that: "for" }, 3],
    [{ weigh: "weights", that: "for" }, "7/2"],
    [{ weigh: "weights", units: ["a", "c"], that: "for" }, 3],
    [{ weigh: "others", units: ["a", "x"], that: "for" }, 2],
    [{ shares: "weights", ballots: "yes", of_each: ["yes", "no"] }, "7/2"],
  ])("is refused of %j above %s, which is all there is", (count, most) => {
    expect(saidOf({ count, at_least: most })).toEqual([]);
    expect(saidOf({ count, more_than: most })).toEqual(never);
    expect(saidOf({ count, at_most: most })).toEqual(always);
    expect(saidOf({ count, less_than: most })).toEqual([]);
  });

  it.each([
    [yes, yes],
    [{ ballots: ["yes", "no"] }, { ballots: ["no", "yes"] }],
    [yes, "cast"],
    ["blank", "cast"],
    ["cast", "present"],
    ["invalid", "present"],
    ["abstain", "eligible"],
    ["present", "eligible"],
    [{ ballots: "yes", less: "no" }, "cast"],
    [{ weight: "yes" }, { weight: "cast" }],
    [{ weigh: "weights", that: "for" }, { weigh: "weights" }],
  ])("is refused of %j as a part of %j", (count, of) => {
    expect(saidOf({ count, more_than: 1, of })).toEqual(never);
  });

  it.each([
    ["yes", "no"],
    ["cast", ["yes", "no"]],
    ["eligible", "present"],
    ["present", "cast"],
    [yes, { ballots: ["yes", "no"], less: "abstain" }],
    [yes, { weight: "cast" }],
    [{ weight: "yes" }, "cast"],
    [units, "cast"],
    ["yes", all],
    [units, units],
    [there, all],
    [units, allThere],
    [there, { within: "upper", ...all }],
    [{ weigh: "weights", that: "for" }, all],
    [units, { units: "regions", weigh: "eligible" }],
    [{ shares: "weights", ballots: "yes", of_each: ["yes", "no"] }, { weigh: "weights" }],
  ])("may stand of %j, which is no part of %j", (count, of) => {
    expect(saidOf({ count, more_than: 1, of })).toEqual([]);
    expect(saidOf({ count, at_least: 2, of })).toEqual([]);
  });

  it("may stand of regions and electorates, whose number nobody knows", () => {
    expect(saidOf({ count: units, at_least: 99 })).toEqual([]);
    expect(
      saidOf({ count: { units: "lower", weigh: "eligible", that: "for" }, at_least: 99 }),
    ).toEqual([]);
    expect(saidOf({ count: "yes", at_least: 99 })).toEqual([]);
  });
});
