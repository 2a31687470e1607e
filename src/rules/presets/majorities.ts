import type { Preset } from "./preset.ts";

/** Rules that know voters alone. */
export const majorities: readonly Preset[] = [
  {
    name: "simple-majority",
    title: "Simple majority",
    description: "More yes than no; abstentions and blank ballots count for neither side.",
    sources: [
      {
        title: "Rules of Procedure of the UN General Assembly, rules 85 and 86",
        url: "https://www.un.org/en/ga/about/ropga/plenary.shtml",
      },
    ],
    rule: {
      title: "Simple majority",
      requirements: [{ id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] }],
    },
  },
  {
    name: "two-thirds-present-and-voting",
    title: "Two thirds of those present and voting",
    description:
      "At least two thirds of yes and no; who abstains is not voting. The General Assembly on important questions, CITES on amendments of its appendices, and many others.",
    sources: [
      {
        title: "Charter of the United Nations, article 18(2)",
        url: "https://www.un.org/en/about-us/un-charter/chapter-4",
      },
      {
        title:
          "Convention on International Trade in Endangered Species of Wild Fauna and Flora, article XV(1)(b)",
        url: "https://cites.org/eng/disc/text.php",
      },
    ],
    rule: {
      title: "Two thirds of those present and voting",
      requirements: [{ id: "two_thirds", count: "yes", at_least: "2/3", of: ["yes", "no"] }],
    },
  },
  {
    name: "absolute-majority",
    title: "Absolute majority",
    description: "More than half of all who may vote, whether they do or not.",
    sources: [
      {
        title: "Basic Law for the Federal Republic of Germany, article 121",
        url: "https://www.gesetze-im-internet.de/englisch_gg/englisch_gg.html",
      },
    ],
    rule: {
      title: "Absolute majority",
      requirements: [{ id: "majority", count: "yes", more_than: "1/2", of: "eligible" }],
    },
  },
  {
    name: "iwc-three-quarters",
    title: "International Whaling Commission, three quarters",
    description:
      "At least three quarters of the members that vote yes or no, as an amendment of the Schedule needs. The quorum of its Rules of Procedure, a majority of the members, is not checked.",
    sources: [
      {
        title: "International Convention for the Regulation of Whaling (1946), article III(2)",
        url: "https://iwc.int/commission/convention",
      },
    ],
    rule: {
      title: "International Whaling Commission, three quarters",
      requirements: [{ id: "three_quarters", count: "yes", at_least: "3/4", of: ["yes", "no"] }],
    },
  },
  {
    name: "swiss-optional-referendum",
    title: "Switzerland, optional referendum",
    description: "More yes than no among the people; the cantons do not count, nor does turnout.",
    sources: [
      {
        title: "Federal Constitution of the Swiss Confederation, articles 141 and 142(1)",
        url: "https://www.fedlex.admin.ch/eli/cc/1999/404/en",
      },
    ],
    rule: {
      title: "Switzerland, optional referendum",
      on_tie: "not_carried",
      requirements: [{ id: "people", count: "yes", more_than: "1/2", of: ["yes", "no"] }],
    },
  },
  {
    name: "turnout-quorum-referendum",
    title: "Referendum with a turnout quorum",
    description:
      "Valid only if more than half of the eligible cast a ballot, blank and invalid ones too; then more yes than no. The abrogative referendum of Italy.",
    sources: [
      {
        title: "Constitution of the Italian Republic, article 75",
        url: "https://www.senato.it/documenti/repository/istituzione/costituzione_inglese.pdf",
      },
    ],
    rule: {
      title: "Referendum with a turnout quorum",
      on_tie: "not_carried",
      requirements: [
        { id: "turnout", quorum: true, count: "cast", more_than: "1/2", of: "eligible" },
        { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
      ],
    },
  },
  {
    name: "approval-quorum-referendum",
    title: "Referendum with an approval quorum",
    description:
      "More yes than no, and the yes at least a quarter of the eligible, so that opponents gain nothing by staying at home. The referendum of Taiwan.",
    sources: [
      {
        title: "Referendum Act of Taiwan, article 29",
        url: "https://law.moj.gov.tw/ENG/LawClass/LawAll.aspx?pcode=D0020050",
      },
    ],
    rule: {
      title: "Referendum with an approval quorum",
      on_tie: "not_carried",
      requirements: [
        { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
        { id: "approval", count: "yes", at_least: "1/4", of: "eligible" },
      ],
    },
  },
  {
    name: "danish-constitution",
    title: "Denmark, constitutional referendum",
    description: "More yes than no, and the yes at least 40 % of the eligible.",
    sources: [
      {
        title: "The Constitutional Act of Denmark, section 88",
        url: "https://www.thedanishparliament.dk/en/democracy/the-constitutional-act-of-denmark",
      },
    ],
    rule: {
      title: "Denmark, constitutional referendum",
      on_tie: "not_carried",
      requirements: [
        { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
        { id: "approval", count: "yes", at_least: "40 %", of: "eligible" },
      ],
    },
  },
  {
    name: "us-senate-cloture",
    title: "United States Senate, cloture",
    description:
      "Three fifths of the senators duly chosen and sworn (the eligible), present or not. Nominations need a majority alone, and changes of the Senate's rules two thirds of those present and voting.",
    sources: [
      {
        title: "Standing Rules of the Senate, rule XXII(2)",
        url: "https://www.rules.senate.gov/rules-of-the-senate",
      },
    ],
    rule: {
      title: "United States Senate, cloture",
      requirements: [{ id: "three_fifths", count: "yes", at_least: "3/5", of: "eligible" }],
    },
  },
];
