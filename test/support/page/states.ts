import { inject } from "vitest";
import type { DecisionDraftBody, VoteItem } from "../../../src/cli/api/answers.ts";
import { statePopulations } from "../../../src/rules/presets/tables.ts";
import { localId } from "../local-id.ts";
import {
  ballotToken,
  cancelDecision,
  close,
  castAtStation,
  closeAndCertify,
  openDecision,
  untilBallotRefused,
  votesOf,
} from "./organiser.ts";
import { refusedSlug } from "./refused-slug.ts";

/** A decision in one state of its life. */
export interface DecisionState {
  /** As the names of pictures and failures have it. */
  name: string;
  id: string;
  /** Of a voter who has not voted, while it takes votes. */
  token: string | null;
  isCertified: boolean;
}

type Draft = DecisionDraftBody & { slug: string };

/** Text that would do harm as markup or to a template. */
export const hostileText =
  '<img src=x onerror=alert(1)> "&amp;" </script><script>alert(1)</script> ${1+1} {0}';

const later = { opens_at: "2027-02-01T12:00:00.000Z", closes_at: "2027-03-01T12:00:00.000Z" };
const three = ["Delta", "Middle reach", "Headwaters"].map((code) => ({ code }));
const states27 = Object.keys(statePopulations).map((code) => ({ code }));
const regions1000 = Array.from({ length: 1_000 }, (_, index) => ({
  code: `district-${index}`,
  name: `District ${index} of the upper and lower river basin`,
}));

/** Puts a decision into each state that a page tells apart, besides those of the demonstration. */
export async function prepareStates(): Promise<DecisionState[]> {
  const made = [
    demoStates,
    scheduledState,
    sealedState,
    cancelledState,
    weightedState,
    crowdedState,
    manyRegionsState,
    emptyState,
    hostileState,
    closedState,
    ...unusualStates.map((unusual) => () => unusualState(unusual)),
  ].map((prepare) => prepare());
  return (await Promise.all(made)).flat();
}

async function demoStates(): Promise<DecisionState[]> {
  const { id, voterToken } = inject("demo").openDecision;
  const over = { token: null, isCertified: true };
  return [
    { name: "turnout only", id, token: voterToken, isCertified: false },
    { name: "certified roll call", id: localId("nuclear-tests-1991"), ...over },
    { name: "certified aggregate", id: localId("river-levy-2026"), ...over },
    await taking("open live", localId("floodplain-members-2026"), "Delta"),
  ];
}

/** One that takes votes, with the token of a voter. */
async function taking(name: string, id: string, region?: string): Promise<DecisionState> {
  const voter = { voter_id: `voter of ${name}`, ...(region === undefined ? {} : { region }) };
  return { name, id, token: await ballotToken(id, voter), isCertified: false };
}

async function scheduledState(): Promise<DecisionState> {
  const draft: Draft = { slug: "state-scheduled", title: "A vote to come", ...later };
  const { id } = await openDecision(draft);
  return { name: "scheduled", id, token: null, isCertified: false };
}

async function sealedState(): Promise<DecisionState> {
  const { closes_at } = later;
  const draft: Draft = { slug: "state-sealed", title: "A sealed vote", regions: three };
  const { id } = await openDecision({ ...draft, visibility: "sealed", closes_at });
  return taking("sealed", id, "Delta");
}

async function cancelledState(): Promise<DecisionState> {
  const { id } = await openDecision({ slug: "state-cancelled", title: "A vote called off" });
  await cancelDecision(id);
  return { name: "cancelled", id, token: null, isCertified: false };
}

/** Counted by weight, with as long a title as there may be and no place to break it. */
async function weightedState(): Promise<DecisionState> {
  const title = `Shares${"e".repeat(394)} of the cooperative's water ${"and its banks ".repeat(5)}`;
  const { id } = await openDecision({
    slug: "state-weighted",
    title: title.slice(0, 500).trim(),
    regions: three,
    weight_max: 1_000_000,
    disclosure: "roll_call",
    rule: {
      title: "Shares",
      counting: "weight",
      requirements: [{ id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] }],
    },
  });
  await castAtStation(id, [
    ...votesOf(40, "no", { region: "Delta" }),
    { voter_id: "holder", vote: "yes", region: "Headwaters", weight: 987_654 },
  ]);
  return taking("weighted long title", id, "Delta");
}

/** Twenty-seven regions and a rule that counts them. */
async function crowdedState(): Promise<DecisionState> {
  const { id } = await openDecision({
    slug: "state-27-regions",
    title: "Restore a fifth of the rivers",
    regions: states27,
    disclosure: "roll_call",
    rule: { preset: "eu-qualified-majority" },
  });
  await castAtStation(id, voteInEach(states27));
  return taking("27 regions", id, states27[0]?.code);
}

async function manyRegionsState(): Promise<DecisionState> {
  const draft: Draft = { slug: "state-1000-regions", title: "A wider flood plain" };
  const rest = { regions: regions1000, disclosure: "roll_call" } as const;
  const { id } = await openDecision({ ...draft, ...rest });
  await castAtStation(id, voteInEach(regions1000));
  return taking("1000 regions", id, regions1000[0]?.code);
}

/** No vote yet, one region, and a title that reads from the right. */
async function emptyState(): Promise<DecisionState> {
  const title = "هل نعيد السهل الفيضي إلى النهر؟ (Floodplain 2027)";
  const { id } = await openDecision({ slug: "state-arabic", title, revote_policy: "revisable" });
  return taking("arabic without votes", id);
}

async function hostileState(): Promise<DecisionState> {
  const { id } = await openDecision({
    slug: "state-hostile",
    title: hostileText,
    description: `# ${hostileText}\n\n[a link](javascript:alert(1)) ![](https://example.org/x.png) <b onclick=alert(1)>bold</b>\n\n- [good](https://example.org/)`,
    regions: [{ code: "a", name: hostileText }, { code: "b" }],
    disclosure: "pseudonymous",
  });
  await castAtStation(id, [
    ...votesOf(14, "yes", { region: "a" }),
    ...votesOf(12, "no", { region: "b" }),
  ]);
  await closeAndCertify(id);
  return { name: "certified hostile text", id, token: null, isCertified: true };
}

/** Closed, and not certified: the database refuses its ballots. */
async function closedState(): Promise<DecisionState> {
  const draft: Draft = { slug: refusedSlug, title: "A vote that waits for its certificate" };
  const { id } = await openDecision({ ...draft, regions: three, disclosure: "roll_call" });
  await castAtStation(id, votesOf(20, "yes", { region: "Delta" }));
  await close(id);
  await untilBallotRefused(id);
  return { name: "closed, not certified", id, token: null, isCertified: false };
}

/** Rules and votes that come to what decisions seldom come to. */
const unusualStates: { name: string; draft: Draft; votes: VoteItem[] }[] = [
  {
    name: "no quorum",
    draft: {
      slug: "state-no-quorum",
      title: "A vote of too few",
      rule: {
        title: "Quorum of a hundred",
        requirements: [
          { id: "quorum", quorum: true, count: "cast", at_least: 100 },
          { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
        ],
      },
    },
    votes: votesOf(20, "yes"),
  },
  {
    name: "tie",
    draft: {
      slug: "state-tie",
      title: "A vote of two halves",
      rule: {
        title: "Majority",
        requirements: [{ id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] }],
      },
    },
    votes: [...votesOf(20, "yes"), ...votesOf(20, "no")],
  },
  {
    name: "not voted on",
    draft: { slug: "state-no-votes", title: "A vote that nobody has cast" },
    votes: [],
  },
];

async function unusualState(unusual: (typeof unusualStates)[number]): Promise<DecisionState> {
  const { id } = await openDecision(unusual.draft);
  if (unusual.votes.length > 0) await castAtStation(id, unusual.votes);
  await closeAndCertify(id);
  return { name: `certified ${unusual.name}`, id, token: null, isCertified: true };
}

function voteInEach(regions: readonly { code: string }[]) {
  const turns = ["yes", "no", "abstain", "yes"] as const;
  return regions.map(({ code }, index) => ({
    voter_id: `member-${index}`,
    vote: turns[index % turns.length] ?? "yes",
    region: code,
    name: `Member of ${code}`,
  }));
}
