import type { RuleInput, VoteCounts } from "../../src/rules/rule-input.ts";

/** A rule that costs much for its length, and the votes that it costs most on. */
export interface WorstRule {
  name: string;
  document: Readonly<Record<string, unknown>>;
  input: RuleInput;
}

/** Hostile rules, each of another kind, on up to 1,000 regions with figures of so many digits. */
export function worstRules(regionCount = 1_000): WorstRule[] {
  const codes = Array.from({ length: regionCount }, (_, index) => `r${index}`);
  const open = (digits = 6) => voteOf(codes, { digits, isClosed: false });
  const closed = (digits = 6) => voteOf(codes, { digits, isClosed: true });
  const tables = { t: randomTable(codes, 1), u: randomTable(codes, 2) };
  const weighed = (table: string, bound: string, that: unknown = "for") => ({
    count: { weigh: table, that },
    at_least: bound,
    of: { weigh: table },
  });
  const times = (count: number, one: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => ({ id: `r${index}`, ...one(index) }));
  const halves = (index: number) => ({
    any: [weighed("t", `${30 + index}/61`), weighed("u", `${31 + index}/67`)],
  });
  const digits40 = `${"6".repeat(18)}1/${"9".repeat(18)}7`;
  const regional = { count: "yes", at_least: digits40, of: ["yes", "no"], rounded: "up" };
  const groups = Object.fromEntries(
    Array.from({ length: 90 }, (_, index) => [`g${index}`, codes.slice(index)]),
  );
  const shares = Object.fromEntries(codes.map((code, index) => [code, 1 + (index % 7)]));
  const long = "x".repeat(190);
  const rules: [string, object, RuleInput][] = [
    ["any of two weighed, six times", { tables, requirements: times(6, halves) }, open()],
    ["the same after the close", { tables, requirements: times(6, halves) }, closed()],
    ["four times", { tables, requirements: times(4, halves) }, open()],
    [
      "one requirement weighed",
      { tables, requirements: times(1, () => weighed("t", "2/3")) },
      open(),
    ],
    [
      "rounded shares of 40 digits",
      { requirements: times(1, () => ({ each: "regions", meets: regional })) },
      open(),
    ],
    [
      "rounded shares of 40 digits, counted",
      { tables, requirements: times(3, () => weighed("t", "2/3", regional)) },
      open(38),
    ],
    [
      "fixed shares of chambers",
      {
        tables: { s: shares },
        requirements: times(1, () => ({
          count: { shares: "s", ballots: "yes", of_each: ["yes", "no"] },
          at_least: 2_000,
        })),
      },
      open(9),
    ],
    [
      "fixed shares of chambers, long figures",
      {
        tables: { s: shares },
        requirements: times(4, () => ({
          count: { shares: "s", ballots: "yes", of_each: ["yes", "no"] },
          at_least: 2_000,
        })),
      },
      closed(40),
    ],
    [
      "within large groups, over and over",
      {
        groups,
        requirements: times(30, () => ({
          all: [0, 1, 2, 3, 4].map(() => ({
            within: Object.keys(groups),
            count: "yes",
            at_least: 1,
          })),
        })),
      },
      open(),
    ],
    [
      "each within a large group",
      {
        groups: { g: codes.slice(1) },
        requirements: times(8, () => ({
          each: "regions",
          meets: { within: "g", count: "yes", at_least: "1/2", of: "cast" },
        })),
      },
      open(),
    ],
    [
      "groups that overlap",
      {
        groups: { ...groups, all: Object.keys(groups) },
        requirements: times(4, () => ({
          count: { units: "all", that: "for" },
          at_least: 80,
        })),
      },
      open(),
    ],
    [
      "each of each",
      {
        groups: { g: codes.slice(0, 30) },
        requirements: times(2, () => ({
          each: codes.slice(0, 30),
          meets: { each: "g", meets: { any: ["for", "against"] } },
        })),
      },
      open(),
    ],
    [
      "long names",
      {
        groups: { [long]: codes },
        requirements: times(8, () => ({
          each: "regions",
          meets: { within: long, any: ["for", "against", { not: "voting" }] },
        })),
      },
      open(),
    ],
    [
      "many tables",
      {
        tables: Object.fromEntries(
          Array.from({ length: 31 }, (_, index) => [`t${index}`, randomTable(codes, index)]),
        ),
        requirements: times(31, (index) => weighed(`t${index}`, "1/2")),
      },
      open(),
    ],
    [
      "many fractions",
      {
        tables: Object.fromEntries(
          Array.from({ length: 10 }, (_, index) => [`t${index}`, fractions(codes)]),
        ),
        requirements: times(5, (index) => weighed(`t${index}`, "1/2")),
      },
      open(),
    ],
    [
      "no search",
      {
        tables,
        requirements: times(2, () => ({
          count: { weigh: "t", that: "for" },
          at_least: "1/2",
          of: "cast",
        })),
      },
      open(),
    ],
    [
      "one or the other of each region",
      { tables: { t: shares }, requirements: partition("t", 7 * 570) },
      open(),
    ],
    [
      "many tests of every region",
      {
        requirements: times(3, () => ({
          count: {
            units: "regions",
            that: {
              any: Array.from({ length: 60 }, () => ({
                count: "yes",
                more_than: "2/3",
                of: "cast",
              })),
            },
          },
          at_least: 300,
        })),
      },
      open(),
    ],
  ];
  return rules.map(([name, document, input]) => ({ name, document: { ...document }, input }));
}

/** Each region can be won for one count or for the other, hardly for both. */
function partition(weigh: string, need: number) {
  const that = (of: string) => ({ count: of, more_than: "9/10", of: "cast" });
  return [
    { id: "a", count: { weigh, that: that("yes") }, at_least: need / 2 },
    { id: "b", count: { weigh, that: { not: that("yes") } }, at_least: need / 2 },
  ];
}

function fractions(codes: readonly string[]) {
  return Object.fromEntries(
    codes.slice(0, 900).map((code, index) => [code, `${index + 1}/${(index % 17) + 1}`]),
  );
}

function randomTable(codes: readonly string[], seed: number): Record<string, number> {
  let state = 88_172_645 + seed;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state;
  };
  return Object.fromEntries(codes.map((code) => [code, 1 + (next() % 99_999_989)]));
}

interface VoteShape {
  digits: number;
  isClosed: boolean;
}

function voteOf(codes: readonly string[], { digits, isClosed }: VoteShape): RuleInput {
  const counts = (index: number): VoteCounts => {
    const long = 10n ** BigInt(digits - 1);
    const yes = long + BigInt((index * 7_919) % 1_009);
    const no = long + BigInt((index * 104_729) % 1_013);
    const abstain = BigInt(index % 13);
    const eligible = 2n * (yes + no) + BigInt(index);
    return {
      yes: sameWeight(yes),
      no: sameWeight(no),
      abstain: sameWeight(abstain),
      eligible: sameWeight(eligible),
    };
  };
  return { regions: new Map(codes.map((code, index) => [code, counts(index)])), isClosed };
}

function sameWeight(ballots: bigint) {
  return { ballots, weight: ballots };
}
