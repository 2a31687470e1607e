import { describe, expect, it } from "vitest";
import { parseRule } from "../../../src/rules/parse-rule.ts";
import type { RuleBounds } from "../../../src/rules/rule.ts";
import { Work } from "../../../src/rules/work.ts";
import { limits } from "../../../src/shared/limits.ts";
import { faultsOf, ruleOf } from "./rules.ts";

const of = ["yes", "no"];
const first = "/requirements/0";

/** A rule of one requirement. */
function one(requirement: object, more: object = {}) {
  return { ...more, requirements: [{ id: "r", ...requirement }] };
}

const sound = { id: "r", count: "yes", more_than: "1/2", of };
const text = (length: number) => "x".repeat(length);
const tableOf = (t: object) => ({ tables: { t } });
const houses = { groups: { north: ["a", "b"], south: ["c"] } };
const ratioNeeded = 'an integer or a text such as "2/3", "12.5" or "60 %" is needed here';
const kindNeeded =
  "one of yes, no, abstain, blank, invalid, cast, present, eligible is needed here";
const isTooMuch = "this can never be met: there is no more than all";
const isAlways = "this is always met: there is no more than all";

describe("a faulty rule is told, with where and why,", () => {
  it.each<[string, unknown, string, string]>([
    ["that is a list", [], "", "an object is needed here"],
    ["that is nothing", null, "", "an object is needed here"],
    ["that is a text", "rule", "", "an object is needed here"],
    ["without requirements", {}, "/requirements", "this member is missing"],
    [
      "with requirements that are no list",
      { requirements: {} },
      "/requirements",
      "a list is needed here",
    ],
    ["with an empty list of them", { requirements: [] }, "/requirements", "the list is empty"],
    [
      "with more of them than it may have",
      { requirements: Array.from({ length: limits.ruleRequirementsMax + 1 }, () => sound) },
      "/requirements",
      `more than ${limits.ruleRequirementsMax} items`,
    ],
    [
      "with a member that is not known",
      { ...one(sound), quorums: 1 },
      "/quorums",
      "not known here; known are title, counting, tables, groups, requirements, on_tie",
    ],
    [
      "with a member whose name is escaped in pointers",
      { ...one(sound), "a/b~c": 1 },
      "/a~1b~0c",
      "not known here; known are title, counting, tables, groups, requirements, on_tie",
    ],
    ["with a title that is no text", one(sound, { title: 7 }), "/title", "a text is needed here"],
    ["with an empty title", one(sound, { title: "" }), "/title", "the text is empty"],
    ["with too long a title", one(sound, { title: text(201) }), "/title", "over 200 characters"],
    [
      "with too long an id",
      { requirements: [{ ...sound, id: text(65) }] },
      `${first}/id`,
      "over 64 characters",
    ],
    [
      "without an id",
      { requirements: [{ ...sound, id: undefined }] },
      `${first}/id`,
      "a text is needed here",
    ],
    [
      "counting by something else",
      one(sound, { counting: "heads" }),
      "/counting",
      "one of ballots, weight is needed here",
    ],
    [
      "with another way out of a tie",
      one(sound, { on_tie: "coin" }),
      "/on_tie",
      "one of tie, not_carried, casting_vote is needed here",
    ],
    [
      "with a quorum that is neither true nor false",
      one({ ...sound, quorum: "yes" }),
      `${first}/quorum`,
      "true or false is needed here",
    ],
    [
      "that counts an unknown kind",
      one({ count: "maybe", at_least: 1 }),
      `${first}/count`,
      kindNeeded,
    ],
    [
      "that counts one twice",
      one({ count: ["yes", "yes"], at_least: 1 }),
      `${first}/count`,
      "a kind stands twice",
    ],
    ["that counts no kind", one({ count: [], at_least: 1 }), `${first}/count`, "the list is empty"],
    ...["cast", "present", "eligible"].map((kind): [string, unknown, string, string] => [
      `that counts ${kind} and one of them besides`,
      one({ count: ["yes", kind], at_least: 1 }),
      `${first}/count`,
      "cast, present and eligible hold the others already, and would count them twice",
    ]),
    [
      "without a bound",
      one({ count: "yes" }),
      first,
      "needs one of at_least, more_than, at_most, less_than",
    ],
    [
      "with two bounds",
      one({ count: "yes", at_least: 1, at_most: 2 }),
      `${first}/at_most`,
      "only one bound goes here, and at_least stands too",
    ],
    [
      "with a float for a share",
      one({ count: "yes", at_least: 0.6 }),
      `${first}/at_least`,
      ratioNeeded,
    ],
    [
      "divided by nothing",
      one({ count: "yes", at_least: "1/0" }),
      `${first}/at_least`,
      ratioNeeded,
    ],
    [
      "that is always met",
      one({ count: "yes", at_least: 0 }),
      `${first}/at_least`,
      "a count at least 0 is always met",
    ],
    [
      "that is never met",
      one({ count: "yes", less_than: 0 }),
      `${first}/less_than`,
      "a count less than 0 is never met",
    ],
    [
      "rounded in another way",
      one({ ...sound, rounded: "even" }),
      `${first}/rounded`,
      "one of up, down, nearest is needed here",
    ],
    [
      "that tests nothing",
      one({ of: "cast" }),
      first,
      "needs one of count, all, any, not, each or meets",
    ],
    [
      "of units that meet nothing",
      one({ each: "regions" }),
      first,
      "needs one of count, all, any, not, each or meets",
    ],
    [
      "that mixes forms",
      one({ count: "yes", at_least: 1, any: ["for"] }),
      `${first}/count`,
      "does not go with count and any",
    ],
    [
      "that mixes all and not",
      one({ all: ["for"], not: "for" }),
      `${first}/not`,
      "does not go with all and not",
    ],
    [
      "that mixes not and a share",
      one({ not: "for", of: "cast" }),
      `${first}/of`,
      "does not go with not",
    ],
    [
      "that mixes meets and a share",
      one({ meets: "for", of: "cast" }),
      `${first}/of`,
      "does not go with meets",
    ],
    [
      "that mixes each and a share",
      one({ each: "regions", meets: "for", of: "cast" }),
      `${first}/of`,
      "does not go with each and meets",
    ],
    ["of no tests", one({ all: [] }), `${first}/all`, "the list is empty"],
    [
      "by a stance that is none",
      one({ each: "regions", meets: "glad" }),
      `${first}/meets`,
      "one of for, against, not_for, not_against, voting is needed here",
    ],
    [
      "of units that are none",
      one({ each: "houses", meets: "for" }),
      `${first}/each`,
      "neither regions nor members, nor a group or table of this rule",
    ],
    [
      "of a unit twice",
      one({ each: ["a", "a"], meets: "for" }),
      `${first}/each`,
      "a unit stands twice",
    ],
    [
      "that counts nothing in words",
      one({ count: {}, at_least: 1 }),
      `${first}/count`,
      "needs one of ballots, weight, units or shares",
    ],
    [
      "that counts ballots and weight",
      one({ count: { ballots: "yes", weight: "yes" }, at_least: 1 }),
      `${first}/count/weight`,
      "ballots or weight, not both",
    ],
    [
      "that mixes ballots and a stance",
      one({ count: { ballots: "yes", that: "for" }, at_least: 1 }),
      `${first}/count/that`,
      "does not go with ballots",
    ],
    [
      "that mixes units and ballots",
      one({ count: { units: "regions", ballots: "yes" }, at_least: 1 }),
      `${first}/count/ballots`,
      "does not go with units",
    ],
    [
      "that weighs by eligible without units",
      one({ count: { weigh: "eligible" }, at_least: 1 }),
      `${first}/count`,
      "needs units",
    ],
    [
      "that weighs by one without units",
      one({ count: { weigh: "one" }, at_least: 1 }),
      `${first}/count`,
      "needs units",
    ],
    [
      "by a table that is not there",
      one({ count: { weigh: "gold" }, at_least: 1 }),
      `${first}/count/weigh`,
      "there is no such table",
    ],
    [
      "by shares of a table that is not there",
      one({ count: { shares: "gold", ballots: "yes", of_each: of }, at_least: 1 }),
      `${first}/count/shares`,
      "there is no such table",
    ],
    [
      "by shares of nothing",
      one({ count: { shares: "t", ballots: "yes" }, at_least: "1/2" }, tableOf({ a: 1 })),
      `${first}/count`,
      "needs of_each: what a unit's share is split by",
    ],
    [
      "by shares with a stance",
      one(
        { count: { shares: "t", ballots: "yes", of_each: of, that: "for" }, at_least: "1/2" },
        tableOf({ a: 1 }),
      ),
      `${first}/count/that`,
      "does not go with shares",
    ],
    [
      "by shares that are burnt when nobody votes",
      one(
        {
          count: { shares: "t", ballots: "yes", of_each: of, when_empty: "burnt" },
          at_least: "1/2",
        },
        tableOf({ a: 1 }),
      ),
      `${first}/count/when_empty`,
      "one of lost, shared_out is needed here",
    ],
    [
      "with an unknown member in what it counts",
      one({ count: { ballots: "yes", fewer: "no" }, at_least: 1 }),
      `${first}/count/fewer`,
      "not known here; known are within, ballots, weight, less, units, that, weigh, called, shares, of_each, when_empty",
    ],
    ["of an empty table", one(sound, tableOf({})), "/tables/t", "the table is empty"],
    [
      "of a table without weight",
      one(sound, tableOf({ a: 0, b: 0 })),
      "/tables/t",
      "every weight in the table is 0",
    ],
    ["of a table below nothing", one(sound, tableOf({ a: -1 })), "/tables/t/a", ratioNeeded],
    [
      "of too fine a table",
      one(sound, tableOf({ a: "1/1000000007", b: "1/1000000009", c: "1/998244353" })),
      "/tables/t",
      "its fractions have no common denominator up to 10^18",
    ],
    [
      "of too long a table",
      one(
        sound,
        tableOf(
          Object.fromEntries(
            Array.from({ length: limits.regionsMax + 1 }, (_, at) => [`r${at}`, 1]),
          ),
        ),
      ),
      "/tables/t",
      `more than ${limits.regionsMax} entries`,
    ],
    ...["regions", "members", "one", "eligible"].flatMap(
      (word): [string, unknown, string, string][] => [
        [
          `of a table ${word}`,
          one(sound, { tables: { [word]: { a: 1 } } }),
          `/tables/${word}`,
          "this word has a meaning of its own",
        ],
        [
          `of a group ${word}`,
          one(sound, { groups: { [word]: ["a"] } }),
          `/groups/${word}`,
          "this word has a meaning of its own",
        ],
      ],
    ),
    [
      "of a group that holds one twice",
      one(sound, { groups: { g: ["a", "a"] } }),
      "/groups/g/1",
      "this member stands twice",
    ],
    [
      "of a group within itself",
      one(sound, { groups: { a: ["b"], b: ["a"] } }),
      "/groups/a",
      "the group contains itself, by way of a",
    ],
    [
      "whose id stands twice",
      { requirements: [sound, sound] },
      "/requirements/1/id",
      "this id stands twice",
    ],
    ["that asks for more than all", one({ ...sound, more_than: "1/1" }), first, isTooMuch],
  ])("%s", (_, document, pointer, detail) => {
    expect(faultsOf(document)).toContainEqual({ pointer, detail });
  });
});

describe("a requirement that decides nothing is refused:", () => {
  const named = (weigh?: string) => ({ units: ["a", "b"], that: "for", ...(weigh && { weigh }) });
  const weights = tableOf({ a: 2, b: "1/2" });

  it.each<[string, object, string | null, object?]>([
    ["at least all is met by all", { count: "yes", at_least: "1/1", of: "cast" }, null],
    ["at least more than all", { count: "yes", at_least: "11/10", of: "cast" }, isTooMuch],
    ["more than nearly all", { count: "yes", more_than: "99/100", of: "cast" }, null],
    ["more than all", { count: "yes", more_than: "1/1", of: "cast" }, isTooMuch],
    ["at most nearly all", { count: "no", at_most: "99/100", of: "cast" }, null],
    ["at most all", { count: "no", at_most: "1/1", of: "cast" }, isAlways],
    ["less than all", { count: "no", less_than: "1/1", of: "cast" }, null],
    ["less than more than all", { count: "no", less_than: "11/10", of: "cast" }, isAlways],
    ["a part of those present", { count: "cast", more_than: 1, of: "present" }, isTooMuch],
    ["a part of the eligible", { count: "present", more_than: 1, of: "eligible" }, isTooMuch],
    [
      "kinds of which one is not in the base",
      { count: ["yes", "abstain"], more_than: 1, of },
      null,
    ],
    [
      "a base from which something is taken",
      { count: "yes", more_than: 1, of: { ballots: "cast", less: "invalid" } },
      null,
    ],
    ["ballots of a base by weight", { count: "yes", more_than: 1, of: { weight: "cast" } }, null],
    [
      "cast of the sum of its kinds",
      { count: "cast", more_than: 1, of: ["yes", "no", "abstain"] },
      null,
    ],
    [
      "a part of the same group",
      {
        count: { within: "north", ballots: "yes" },
        more_than: 1,
        of: { within: "north", ballots: "cast" },
      },
      isTooMuch,
      houses,
    ],
    [
      "a part of another group",
      {
        count: { within: "north", ballots: "yes" },
        more_than: 1,
        of: { within: "south", ballots: "cast" },
      },
      null,
      houses,
    ],
    [
      "a part of a group of the whole",
      { count: "yes", more_than: 1, of: { within: "south", ballots: "cast" } },
      null,
      houses,
    ],
    ["units of themselves", { count: named(), more_than: 1, of: { units: ["a", "b"] } }, isTooMuch],
    ["units of others", { count: named(), more_than: 1, of: { units: ["a"] } }, null],
    [
      "units of units of another stance",
      { count: named(), more_than: 1, of: { units: ["a", "b"], that: "voting" } },
      null,
    ],
    ["as many units as there are", { count: named(), at_least: 2 }, null],
    ["one unit more than there are", { count: named(), at_least: 3 }, isTooMuch],
    ["as much as the units weigh", { count: named("t"), at_least: "5/2" }, null, weights],
    ["more than the units weigh", { count: named("t"), more_than: "5/2" }, isTooMuch, weights],
    ["more than is known of the eligible", { count: named("eligible"), at_least: 99 }, null],
    [
      "as much as all shares",
      { count: { shares: "t", ballots: "yes", of_each: of }, at_least: "5/2" },
      null,
      weights,
    ],
    [
      "more than all shares",
      { count: { shares: "t", ballots: "yes", of_each: of }, more_than: "5/2" },
      isTooMuch,
      weights,
    ],
    [
      "more regions than anybody knows",
      { count: { units: "regions", that: "for" }, at_least: 99 },
      null,
    ],
    ["within not", { not: { count: "yes", more_than: 1, of: "cast" } }, isTooMuch],
    ["within any", { any: ["for", { count: "yes", more_than: 1, of: "cast" }] }, isTooMuch],
    [
      "within each",
      { each: "regions", meets: { count: "yes", more_than: 1, of: "cast" } },
      isTooMuch,
    ],
    [
      "within a group",
      { within: "north", count: "yes", more_than: 1, of: "cast" },
      isTooMuch,
      houses,
    ],
    [
      "within what units are counted by",
      {
        count: { units: "regions", that: { count: "yes", more_than: 1, of: "cast" } },
        at_least: 1,
      },
      isTooMuch,
    ],
    [
      "within what units in a group are counted by",
      {
        count: {
          within: "north",
          units: "regions",
          that: { count: "yes", more_than: 1, of: "cast" },
        },
        at_least: 1,
      },
      isTooMuch,
      houses,
    ],
    [
      "within its base",
      {
        count: "yes",
        at_least: 1,
        of: { units: "regions", that: { count: "yes", more_than: 1, of: "cast" } },
      },
      isTooMuch,
    ],
    [
      "within its clause",
      { ...sound, deemed_met_when: { count: "yes", more_than: 1, of: "cast" } },
      isTooMuch,
    ],
  ])("%s", (_, requirement, detail, more) => {
    const faults = faultsOf(one(requirement, more));
    expect(faults).toEqual(detail === null ? [] : [{ pointer: first, detail }]);
  });
});

describe("requirements that exclude each other are refused:", () => {
  const yes = (bound: object, more: object = {}) => ({
    count: "yes",
    of: "cast",
    ...bound,
    ...more,
  });
  const faultsOfBoth = (a: object, b: object) =>
    faultsOf({
      requirements: [
        { id: "a", ...a },
        { id: "b", ...b },
      ],
    });
  const excluded = [
    { pointer: "/requirements/1", detail: "contradicts a: both can't be met at once" },
  ];

  it.each<[string, object, object, boolean]>([
    ["more than is allowed", yes({ at_least: "2/3" }), yes({ at_most: "1/2" }), true],
    ["as much as is just allowed", yes({ at_least: "1/2" }), yes({ at_most: "1/2" }), false],
    ["more than just as much", yes({ more_than: "1/2" }), yes({ at_most: "1/2" }), true],
    ["as much as is just too much", yes({ at_least: "1/2" }), yes({ less_than: "1/2" }), true],
    ["less than is allowed", yes({ at_least: "1/3" }), yes({ less_than: "1/2" }), false],
    ["two lower bounds", yes({ at_least: "2/3" }), yes({ more_than: "1/2" }), false],
    ["two upper bounds", yes({ at_most: "2/3" }), yes({ less_than: "1/2" }), false],
    ["of another base", yes({ at_least: "2/3" }), yes({ at_most: "1/2", of: "eligible" }), false],
    ["of another kind", yes({ at_least: "2/3" }), yes({ at_most: "1/2", count: "no" }), false],
    ["rounded", yes({ at_least: "2/3" }, { rounded: "up" }), yes({ at_most: "1/2" }), false],
    [
      "rounded the other",
      yes({ at_least: "2/3" }),
      yes({ at_most: "1/2" }, { rounded: "up" }),
      false,
    ],
    [
      "deemed met otherwise",
      yes({ at_least: "2/3" }, { deemed_met_when: "for" }),
      yes({ at_most: "1/2" }),
      false,
    ],
    ["of other tests", { not: "for" }, { meets: "for" }, false],
  ])("%s", (_, a, b, isExcluded) => {
    expect(faultsOfBoth(a, b)).toEqual(isExcluded ? excluded : []);
    expect(faultsOfBoth(b, a)).toEqual(isExcluded ? excluded : []);
  });
});

describe("a rule is read up to its bounds, and not beyond:", () => {
  const bounds: RuleBounds = {
    ...limits,
    ruleTestsMax: 5,
    ruleDepthMax: 3,
    regionsMax: 8,
  };
  const faults = (document: unknown, more: Partial<typeof bounds> = {}) => {
    const parsed = parseRule(document, { ...bounds, ...more });
    return "faults" in parsed ? parsed.faults : [];
  };
  const nested = (depth: number): object =>
    depth === 0 ? { count: "yes", at_least: 1 } : { not: nested(depth - 1) };

  it("so many tests in all, of all requirements", () => {
    expect(faults(one({ all: ["for", "for", "for", "for"] }))).toEqual([]);
    const [fault] = faults(one({ all: ["for", "for", "for", "for", "for"] }));
    expect(fault).toEqual({ pointer: `${first}/all/4`, detail: "more than 5 tests" });
    const two = {
      requirements: [
        { id: "a", all: ["for", "for"] },
        { id: "b", all: ["for", "for"] },
      ],
    };
    expect(faults(two)).toMatchObject([{ pointer: "/requirements/1/all/1" }]);
  });

  it("so deep", () => {
    expect(faults(one(nested(3)))).toEqual([]);
    expect(faults(one(nested(4)))).toEqual([
      { pointer: `${first}/not/not/not/not`, detail: "nested deeper than 3" },
    ]);
    const inMeasure = (test: object) => ({ count: { units: "regions", that: test }, at_least: 1 });
    expect(faults(one(inMeasure(nested(1))))).toEqual([]);
    expect(faults(one(inMeasure(nested(2))))).toMatchObject([{ detail: "nested deeper than 3" }]);
  });

  it("so much work to read, told at the part that is too much", () => {
    const detail =
      "with what stands before it this is too much to read: fewer entries, or fewer names of the same regions";
    const workOf = (document: unknown) => {
      const work = new Work(Infinity);
      parseRule(document, bounds, work);
      return work.spent;
    };
    const groups = { g: ["a", "b", "c"], h: ["g", "e"] };
    const two = { groups, requirements: [sound, { ...sound, id: "s", within: ["g", "h"] }] };
    for (const document of [one(sound), one(sound, { groups }), two]) {
      const ruleReadWorkMax = workOf(document);
      expect(faults(document, { ruleReadWorkMax })).toEqual([]);
      expect(faults(document, { ruleReadWorkMax: ruleReadWorkMax - 1 })).toMatchObject([
        { detail },
      ]);
    }
    const whole = { ruleReadWorkMax: workOf(one(sound, { groups })) + 30 };
    expect(faults(two, whole)).toEqual([{ pointer: "/requirements/1", detail }]);
    expect(faults(two, { ruleReadWorkMax: 25 })).toEqual([{ pointer: "/groups", detail }]);
    const tables = { t: { a: 1, b: "1/2", c: 3, d: 4 } };
    expect(faults(one(sound, { tables }), { ruleReadWorkMax: 25 })).toEqual([
      { pointer: "/tables", detail },
    ]);
  });

  it("members of groups with those within, each way down by itself", () => {
    const work = (groups: object) => {
      const counted = new Work(Infinity);
      parseRule(one(sound, { groups }), bounds, counted);
      return counted.spent;
    };
    const flat = work({ g: ["a", "b"], h: ["c", "d"], k: ["e"] });
    const nestedTwice = work({ g: ["a", "b"], h: ["g", "g2"], k: ["h"] });
    expect(nestedTwice).toBeGreaterThan(flat + 8);
  });

  it("names of up to 200 characters", () => {
    const name = "n".repeat(200);
    const detail = "its name has over 200 characters";
    expect(faults(one(sound, { tables: { [name]: { a: 1 } } }))).toEqual([]);
    expect(faults(one(sound, { tables: { [`${name}n`]: { a: 1 } } }))).toEqual([
      { pointer: `/tables/${name}n`, detail },
    ]);
    expect(faults(one(sound, { groups: { [`${name}n`]: ["a"] } }))).toEqual([
      { pointer: `/groups/${name}n`, detail },
    ]);
  });
});

describe("a rule that is sound", () => {
  it("has what its document says, and otherwise these defaults", () => {
    const rule = ruleOf(one({ ...sound, quorum: true }, { title: "T", on_tie: "casting_vote" }));
    expect(rule).toMatchObject({ title: "T", onTie: "casting_vote" });
    expect(rule.requirements[0]).toMatchObject({ id: "r", isQuorum: true, pointer: first });
    const plain = ruleOf(one(sound));
    expect(plain).toMatchObject({ title: "", onTie: "tie" });
    expect(plain.requirements[0]).toMatchObject({ isQuorum: false, deemedMetWhen: null });
  });

  it("has groups with all regions within them, each once", () => {
    const { groups } = ruleOf(one(sound, { groups: { all: ["g", "c", "b"], g: ["a", "b"] } }));
    expect(groups.get("all")).toEqual({
      name: "all",
      members: ["g", "c", "b"],
      regions: ["a", "b", "c"],
    });
  });

  it("has texts and ids of as many characters as they may have", () => {
    const longest = { requirements: [{ ...sound, id: text(64) }], title: text(200) };
    expect(faultsOf(longest)).toEqual([]);
  });
});
