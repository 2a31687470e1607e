import { limits } from "../../../src/shared/limits.ts";

/** A draft as an organiser sends it, and what is changed in it before it opens. */
export type LargeDraft = {
  name: string;
  shards: number;
  regions: readonly string[];
  body: Record<string, unknown>;
  changes: Record<string, unknown>;
};

/** Three bytes of UTF-8 a character, and two of V8: nothing that a code may hold has more. */
const wideLetter = "界";

function codes(count: number, letter: string): string[] {
  return Array.from({ length: count }, (_, index) =>
    String(index).padStart(limits.regionCodeCharactersMax, letter),
  );
}

/** A rule with a table a requirement, whose entries are all that fit so many bytes. */
function ruleOfTables(regions: readonly string[], bytesMax: number) {
  const tables: Record<string, Record<string, number>> = {};
  const tablesMax = limits.ruleRequirementsMax - 1;
  let left = bytesMax;
  for (let number = 0; number < tablesMax && left > 0; number += 1) {
    const table: Record<string, number> = {};
    for (const [index, region] of regions.entries()) {
      const bytes = new TextEncoder().encode(region).byteLength + 12;
      if (bytes > left) break;
      left -= bytes;
      table[region] = (index % 97) + number + 1;
    }
    if (Object.keys(table).length < regions.length) left = 0;
    if (Object.keys(table).length > 0) tables[`t${number}`] = table;
  }
  const weighed = Object.keys(tables).map((table) => ({
    id: table,
    count: { weigh: table, that: "for" },
    more_than: "1/4",
    of: { weigh: table },
  }));
  const people = { id: "people", count: "yes", more_than: "1/2", of: ["yes", "no"] };
  return { title: `${wideLetter} rule`, tables, requirements: [people, ...weighed] };
}

/** The longest title, description and names beside these. */
const longestTexts = {
  title: wideLetter.repeat(limits.titleCharactersMax),
  description: wideLetter.repeat(limits.descriptionCharactersMax),
};

const kib = 1_024;

/** As many groups as there may be, of all these regions, with six shards each. */
function groupsOf(regions: readonly string[]) {
  const size = Math.ceil(regions.length / limits.shardGroupsMax);
  return Array.from({ length: limits.shardGroupsMax }, (_, index) => ({
    regions: regions.slice(index * size, (index + 1) * size),
    location_hint: "oc",
    shards: 6,
  }));
}

/** Drafts at the bounds of what may be drafted, each in another direction. */
export function largestDrafts(): LargeDraft[] {
  const wide = codes(limits.regionsMax, wideLetter);
  const narrow = codes(limits.regionsMax, "a");
  const regionsOf = (list: readonly string[]) => list.map((code) => ({ code }));
  const roll = { electorate: "roll", revote_policy: "revisable", stations: "overrides" };
  return [
    {
      name: "64 shards in ten groups, 1,000 regions of 64 wide letters, all that a draft may grow to",
      shards: limits.shardsMax,
      regions: wide,
      body: {
        ...longestTexts,
        ...roll,
        shards: limits.shardsMax - 6 * limits.shardGroupsMax,
        regions: regionsOf(wide),
        placement: groupsOf(wide.slice(1)),
      },
      changes: { rule: ruleOfTables(wide, 110 * kib) },
    },
    {
      name: "one shard, the longest rule of one body with a single wide letter",
      shards: 1,
      regions: narrow,
      body: {
        ...roll,
        title: "The longest rule",
        regions: regionsOf(narrow),
        rule: ruleOfTables(narrow, 400 * kib),
      },
      changes: {},
    },
    {
      name: "two shards, an open electorate that states 1,000 regions, the largest weights",
      shards: 2,
      regions: wide,
      body: {
        ...longestTexts,
        shards: 2,
        revote_policy: "revisable",
        stations: "overrides",
        weight_max: limits.ballotWeightMax,
        regions: regionsOf(wide),
        electorate_size: {
          voters: 2_000_000,
          weight: "2".padEnd(40, "0"),
          regions: wide.map((region) => ({ region, voters: 1_000, weight: "1".repeat(40) })),
        },
      },
      changes: {},
    },
    {
      name: "one shard and one region with the longest everything",
      shards: 1,
      regions: wide.slice(0, 1),
      body: {
        ...longestTexts,
        ...roll,
        regions: [{ code: wide[0], name: wideLetter.repeat(limits.regionNameCharactersMax) }],
        rule: ruleOfTables(wide.slice(0, 1), 8 * kib),
      },
      changes: {},
    },
  ];
}
