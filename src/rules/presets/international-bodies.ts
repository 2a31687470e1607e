import type { Preset } from "./preset.ts";

const delegationsOfTheLake = ["BW", "BY", "AT", "CH"];

/** Rules of commissions and assemblies, where delegations or chambers decide together. */
export const internationalBodies: readonly Preset[] = [
  {
    name: "rhine-commission",
    title: "International Commission for the Protection of the Rhine",
    description:
      "Nobody against, and at most one delegation without a yes: absent counts as abstaining. In its field the Union votes in place of its members with their four votes, and then its abstention does stand in the way. Regions are the delegations: DE, FR, LU, NL, CH and EU, with one ballot each.",
    sources: [
      {
        title: "Convention on the Protection of the Rhine (Bern, 12 April 1999), article 10",
        url: "https://vilp.de/compare_article?lid=en&aid=34719&cid=2293&bid=treaty_full",
      },
    ],
    rule: {
      title: "International Commission for the Protection of the Rhine",
      groups: { delegations: ["DE", "FR", "LU", "NL", "CH", "EU"] },
      tables: { votes: { DE: 1, FR: 1, LU: 1, NL: 1, CH: 1, EU: 4 } },
      requirements: [
        { id: "nobody_against", count: { units: "delegations", that: "against" }, at_most: 0 },
        {
          id: "one_abstention_at_most",
          count: { weigh: "votes", that: "for", called: "votes" },
          at_least: 4,
        },
        {
          id: "union_or_its_members",
          any: [
            { count: { units: ["EU"], that: "voting" }, at_most: 0 },
            { count: { units: ["DE", "FR", "LU", "NL"], that: "voting" }, at_most: 0 },
          ],
        },
      ],
    },
  },
  {
    name: "lake-constance-commission",
    title: "International Commission for the Protection of Lake Constance",
    description:
      "All delegations vote, nobody is against, and each that the matter concerns says yes: whom it does not concern may abstain. Regions are BW, BY, AT and CH. Give `groups` of your own to say whom it concerns; in matters of the Untersee alone both groups are BW and CH. Questions of procedure need a simple majority.",
    sources: [
      {
        title:
          "Convention on the Protection of Lake Constance against Pollution (27 October 1960), article 5",
        url: "https://www.gesetze-bayern.de/Content/Document/StVBodSchAbk",
      },
    ],
    rule: {
      title: "International Commission for the Protection of Lake Constance",
      groups: { delegations: delegationsOfTheLake, concerned: delegationsOfTheLake },
      requirements: [
        { id: "all_vote", quorum: true, each: "delegations", meets: "voting" },
        { id: "nobody_against", count: { units: "delegations", that: "against" }, at_most: 0 },
        { id: "concerned", each: "concerned", meets: "for" },
      ],
    },
  },
  {
    name: "fsc-general-assembly",
    title: "Forest Stewardship Council, General Assembly",
    description:
      "More than half of the voting power of each chamber is there; more than half of it in each chamber, and two thirds of it in all, say yes. Who abstains is taken out each time. Regions are the six sub-chambers; weights on the roll are the voting power that the Statutes give.",
    sources: [
      {
        title: "FSC General Assembly, how decisions are made by the Statutes",
        url: "https://ga.fsc.org/en/page/participation",
      },
    ],
    rule: {
      title: "Forest Stewardship Council, General Assembly",
      counting: "weight",
      groups: {
        social: ["social north", "social south"],
        environmental: ["environmental north", "environmental south"],
        economic: ["economic north", "economic south"],
        chambers: ["social", "environmental", "economic"],
      },
      requirements: [
        {
          id: "quorum",
          quorum: true,
          each: "chambers",
          meets: { count: "present", more_than: "1/2", of: "eligible" },
        },
        {
          id: "chambers",
          each: "chambers",
          meets: {
            count: "yes",
            more_than: "1/2",
            of: { weight: "present", less: "abstain" },
          },
        },
        {
          id: "two_thirds",
          count: "yes",
          at_least: "2/3",
          of: { weight: "present", less: "abstain" },
        },
      ],
    },
  },
  {
    name: "silence-procedure",
    title: "Silence procedure",
    description:
      "Adopted unless somebody objects before the period of silence ends: a no is an objection, and whoever says nothing agrees. It is carried where nobody votes at all.",
    sources: [
      {
        title: "Rules of Procedure of the OSCE (2006), annex 1(A)",
        url: "https://www.osce.org/mc/22775",
      },
    ],
    rule: {
      title: "Silence procedure",
      requirements: [{ id: "no_objection", count: "no", at_most: 0 }],
    },
  },
];
