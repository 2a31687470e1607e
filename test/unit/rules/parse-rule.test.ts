import { describe, expect, it } from "vitest";
import { faultsOf } from "./rules.ts";

const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };
const first = "/requirements/0";

function pointersOf(document: unknown): string[] {
  return faultsOf(document).map(({ pointer }) => pointer);
}

function one(requirement: object, more: object = {}) {
  return { ...more, requirements: [{ id: "r", ...requirement }] };
}

describe("a rule is refused, with its JSON pointer,", () => {
  it.each([
    ["that is no object", [], ""],
    ["without requirements", {}, "/requirements"],
    ["with none", { requirements: [] }, "/requirements"],
    ["with a member that is not known", { ...one(majority), quorums: 1 }, "/quorums"],
    ["with a requirement that has no id", { requirements: [{ count: "yes" }] }, `${first}/id`],
    ["that counts nothing known", one({ count: "maybe", at_least: 1 }), `${first}/count`],
    ["that counts twice", one({ count: ["cast", "yes"], at_least: 1 }), `${first}/count`],
    ["without a bound", one({ count: "yes" }), first],
    ["with two", one({ count: "yes", at_least: 1, at_most: 2 }), `${first}/at_most`],
    ["with a float for a share", one({ count: "yes", at_least: 0.6 }), `${first}/at_least`],
    ["divided by nothing", one({ count: "yes", at_least: "1/0" }), `${first}/at_least`],
    ["that is always met", one({ count: "yes", at_least: 0 }), `${first}/at_least`],
    [
      "by a table that is not there",
      one({ count: { weigh: "gold" }, at_least: 1 }),
      `${first}/count/weigh`,
    ],
    ["of a group that is not there", one({ each: "houses", meets: "for" }), `${first}/each`],
    ["by a stance that is none", one({ each: "regions", meets: "glad" }), `${first}/meets`],
    ["that mixes forms", one({ count: "yes", at_least: 1, any: ["for"] }), `${first}/count`],
    ["of a group within itself", { groups: { a: ["b"], b: ["a"] }, ...one(majority) }, "/groups/a"],
    ["of groups too deep in each other", { groups: chain(10), ...one(majority) }, "/groups/g0"],
    [
      "of groups that hold too many regions, each by way of many others",
      { groups: lattice(6, 10), ...one(majority) },
      "/groups",
    ],
    ["of an empty table", { tables: { t: {} }, ...one(majority) }, "/tables/t"],
    ["with a weight below nothing", { tables: { t: { a: -1 } }, ...one(majority) }, "/tables/t/a"],
    ["with too fine a table", { tables: { t: fineTable() }, ...one(majority) }, "/tables/t"],
    ["whose id stands twice", { requirements: [majority, majority] }, "/requirements/1/id"],
    ["nested too deep", one(nested(9)), `${first}${"/not".repeat(9)}`],
  ])("%s", (_, document, pointer) => {
    expect(pointersOf(document)).toContain(pointer);
  });

  it.each([
    ["asks for more than all", { ...majority, more_than: "1/1" }],
    [
      "asks for more regions than it names",
      { count: { units: ["a", "b"], that: "for" }, at_least: 3 },
    ],
    ["allows all", { count: "no", at_most: "1/1", of: "cast" }],
  ])("that %s, since it decides nothing", (_, requirement) => {
    expect(faultsOf(one(requirement))[0]?.detail).toMatch(/never be met|always met/);
  });

  it("whose requirements exclude each other, at the later one", () => {
    const upper = { id: "upper", count: "yes", at_most: "1/2", of: ["yes", "no"] };
    expect(faultsOf({ requirements: [majority, upper] })).toEqual([
      { pointer: "/requirements/1", detail: "contradicts majority: both can't be met at once" },
    ]);
  });

  it("with several faults at once, each with its pointer", () => {
    const document = {
      requirements: [
        { ...majority, of: "x" },
        { ...majority, id: "" },
      ],
    };
    expect(pointersOf(document)).toEqual([`${first}/of`, "/requirements/1/id"]);
  });
});

function nested(depth: number): object {
  return depth === 0 ? { count: "yes", at_least: 1 } : { not: nested(depth - 1) };
}

/** Groups of one group each. */
function chain(length: number): Record<string, string[]> {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [`g${index}`, [`g${index + 1}`]] as const),
  );
}

/** So many groups a level, each of all those of the next: as many ways down as width to the power of levels. */
function lattice(levels: number, width: number): Record<string, string[]> {
  const names = (level: number) =>
    Array.from({ length: width }, (_, index) => `g${level}-${index}`);
  return Object.fromEntries(
    Array.from({ length: levels }, (_, level) =>
      names(level).map((name) => [name, names(level + 1)] as const),
    ).flat(),
  );
}

function fineTable() {
  return { a: "1/1000000007", b: "1/1000000009", c: "1/998244353" };
}
