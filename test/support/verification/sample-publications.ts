import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import { certified, type Certified, type CertifiedDraft } from "./certified.ts";

/** Most of what the rule language has, so that who restates it has something to restate. */
const wholeRule = {
  title: "Everything",
  counting: "weight",
  on_tie: "tie",
  tables: {
    votes: { north: 2, otherwise: "1/2" },
    share: { north: "1/2", south: "1/2" },
  },
  groups: { upper: ["north", 'Größe, "x"'], houses: ["upper", "south"] },
  requirements: [
    {
      id: "quorum",
      quorum: true,
      count: { ballots: "present" },
      at_least: "10 %",
      of: { ballots: "eligible" },
    },
    { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
    { id: "regions", count: { units: "regions", that: "for" }, at_least: 1 },
    {
      id: "votes",
      count: { units: "regions", weigh: "votes", that: "voting" },
      more_than: "1/2",
      of: { units: "regions", weigh: "votes" },
    },
    {
      id: "eligible",
      count: { units: "regions", weigh: "eligible", that: "not_against" },
      at_least: 50,
    },
    {
      id: "houses",
      each: "houses",
      meets: { count: "yes", at_least: "1/3", of: "cast", rounded: "nearest" },
    },
    {
      id: "south",
      within: "south",
      not: "against",
      deemed_met_when: { count: "yes", at_least: 1 },
    },
    {
      id: "shares",
      count: { shares: "share", ballots: "yes", of_each: ["yes", "no"], when_empty: "shared_out" },
      at_least: "1/2",
    },
    {
      id: "either",
      any: [
        {
          count: { ballots: ["yes", "no"], less: "abstain", within: ["north", "south"] },
          less_than: 1,
        },
        { all: [{ meets: "for" }, { count: { weight: "no", within: "upper" }, at_most: 1_000 }] },
      ],
    },
  ],
};

const regions = ["north", 'Größe, "x"', "south"];
const eligible = (voters: number) => ({ voters, weight: String(3 * voters) });

/** The small publications of test/data/publications, by the names of their folders. */
export const sampleDrafts: Record<string, CertifiedDraft> = {
  roll_call: {
    disclosure: "roll_call",
    voters: 60,
    regions,
    weights: [1, 2, 5],
    rule: canonicalJson(wholeRule),
    draft: {
      electorateSize: {
        ...eligible(120),
        regions: regions.map((region) => ({ region, ...eligible(40) })),
      },
    },
  },
  pseudonymous: {
    disclosure: "pseudonymous",
    voters: 90,
    regions,
    weights: [1, 1_000_000_000_000],
  },
  aggregate: { disclosure: "aggregate", voters: 30, regions: [] },
};

export function samplePublications(): Record<string, Certified> {
  const all = Object.entries(sampleDrafts);
  return Object.fromEntries(all.map(([name, draft]) => [name, certified(draft)]));
}
