import type { Preset } from "./preset.ts";
import { cantonalVotes, statePopulations } from "./tables.ts";

const people = { id: "people", count: "yes", more_than: "1/2", of: ["yes", "no"] };

/** Rules that know regions, states or houses besides voters. */
export const doubleMajorities: readonly Preset[] = [
  {
    name: "swiss-double-majority",
    title: "Switzerland, people and cantons",
    description:
      "More yes than no among the people, and in cantons with more than half of the 23 cantonal votes; six cantons have half a vote each. Regions are the cantons by their two letters.",
    sources: [
      {
        title: "Federal Constitution of the Swiss Confederation, articles 140 and 142",
        url: "https://www.fedlex.admin.ch/eli/cc/1999/404/en",
      },
    ],
    rule: {
      title: "Switzerland, people and cantons",
      on_tie: "not_carried",
      tables: { cantonal_votes: cantonalVotes },
      requirements: [
        people,
        {
          id: "cantons",
          count: { weigh: "cantonal_votes", that: "for", called: "cantons" },
          more_than: "1/2",
          of: { weigh: "cantonal_votes", called: "cantons" },
        },
      ],
    },
  },
  {
    name: "eu-qualified-majority",
    title: "Council of the European Union, qualified majority",
    description:
      "At least 55 % of the member states, with at least 65 % of the population; the second is deemed met when fewer than four states withhold their yes. Only where the Commission or the High Representative proposed the act and all states vote. Regions are the states by the two letters of ISO 3166; the population is the Council's table for 2025 in basis points.",
    sources: [
      {
        title: "Treaty on European Union, article 16(4)",
        url: "https://eur-lex.europa.eu/eli/treaty/teu_2016/art_16/oj",
      },
      {
        title:
          "Treaty on the Functioning of the European Union, article 238(2) and (3), for other cases",
        url: "https://eur-lex.europa.eu/eli/treaty/tfeu_2016/art_238/oj",
      },
      {
        title: "Council of the European Union, voting calculator",
        url: "https://www.consilium.europa.eu/en/council-eu/voting-system/voting-calculator/",
      },
    ],
    rule: {
      title: "Council of the European Union, qualified majority",
      tables: { population: statePopulations },
      requirements: [
        {
          id: "states",
          count: { units: "population", that: "for", called: "states" },
          at_least: "55 %",
          of: { units: "population", called: "states" },
        },
        {
          id: "population",
          count: { weigh: "population", that: "for", called: "states" },
          at_least: "65 %",
          of: { weigh: "population", called: "states" },
          deemed_met_when: {
            count: { units: "population", that: "not_for", called: "states" },
            less_than: 4,
          },
        },
      ],
    },
  },
  {
    name: "australian-double-majority",
    title: "Australia, electors and states",
    description:
      "More yes than no among all electors, those of the territories too, and in at least four of the six states. Regions are the states by their letters; other regions count for the electors alone.",
    sources: [
      {
        title: "Commonwealth of Australia Constitution Act, section 128",
        url: "https://www.aph.gov.au/constitution",
      },
    ],
    rule: {
      title: "Australia, electors and states",
      on_tie: "not_carried",
      groups: { states: ["NSW", "VIC", "QLD", "SA", "WA", "TAS"] },
      requirements: [
        people,
        { id: "states", count: { units: "states", that: "for" }, at_least: 4 },
      ],
    },
  },
  {
    name: "iucn-two-houses",
    title: "IUCN, two houses",
    description:
      "More yes than no in each of the two houses; abstentions do not count. Regions are the houses: A for governments and their agencies, B for organisations (categories B and C together). Members that have several votes cast them as one vote of that weight.",
    sources: [
      {
        title: "Statutes of the International Union for Conservation of Nature, part V",
        url: "https://portals.iucn.org/library/node/51749",
      },
    ],
    rule: {
      title: "IUCN, two houses",
      counting: "weight",
      groups: { houses: ["A", "B"] },
      requirements: [{ id: "houses", each: "houses", meets: "for" }],
    },
  },
  {
    name: "un-security-council",
    title: "United Nations Security Council",
    description:
      "Nine yes, and no permanent member against; abstention is no veto. Questions of procedure need the nine alone. Regions are the members; the permanent ones are CN, FR, GB, RU and US.",
    sources: [
      {
        title: "Charter of the United Nations, article 27(3)",
        url: "https://www.un.org/en/about-us/un-charter/chapter-5",
      },
    ],
    rule: {
      title: "United Nations Security Council",
      groups: { permanent_members: ["CN", "FR", "GB", "RU", "US"] },
      requirements: [
        { id: "nine", count: "yes", at_least: 9 },
        { id: "no_veto", count: { units: "permanent_members", that: "against" }, at_most: 0 },
      ],
    },
  },
];
