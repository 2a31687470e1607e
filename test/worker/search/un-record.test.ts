import { afterEach, describe, expect, it } from "vitest";
import rollCallsText from "../../data/un-extract/roll_calls.csv?raw";
import votersText from "../../data/un-extract/voters.csv?raw";
import votesText from "../../data/un-extract/votes.csv?raw";
import { choices, type Choice } from "../../../src/ballot/ballot.ts";
import { byText } from "../../support/by-text.ts";
import { adminKey, api, send, type ReceiptBody } from "../../support/worker/api.ts";
import { castBatch, type VoteItem } from "../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../support/worker/clock.ts";
import { takeStep } from "../../support/worker/decision-calls.ts";
import { cast, openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { eventually } from "../../support/worker/eventually.ts";
import { certified } from "../../support/worker/published.ts";

// Real roll calls on the days on which they were, each with voters who change their mind and others
// who take their votes back, through rooms, publication and feed into the index: its statistics
// are what anybody counts of the files.

type Counts = Record<Choice, number>;
type Statistics = {
  total: Counts;
  by_region: { region: string | null; counts: Counts }[];
  by_month: { month: string; counts: Counts }[];
};

afterEach(releaseClock);

/** The first members of each row, none of which is quoted. */
function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
}

const regionOfVoter = new Map(
  [...votersText.matchAll(/^([A-Z]{2,3}),(?:"[^"]*"|[^,]*),([A-Za-z]+),/gm)].map(
    ([, voter = "", region = ""]) => [voter, region],
  ),
);
const regions = [...new Set(regionOfVoter.values())].toSorted(byText);
const rollCalls = rowsOf(rollCallsText)
  .map(([id = "", , date = ""]) => ({ id, at: Date.parse(`${date}T12:00:00Z`) }))
  // Nobody has voted here before 1970; each sixth of the others.
  .filter(({ at }) => at > 0)
  .filter((_, index) => index % 6 === 0);
const votesOfRollCall = Map.groupBy(
  rowsOf(votesText).map(([rollCall = "", voter = "", vote = ""]) => ({ rollCall, voter, vote })),
  ({ rollCall }) => rollCall,
);

const item = (voter: string, vote: string): VoteItem => ({
  voter_id: voter,
  vote,
  region: regionOfVoter.get(voter) ?? "",
  name: voter,
});

/** Holds a roll call; each seventh voter says something else first, and three take their votes back. */
async function hold({ id, at }: { id: string; at: number }): Promise<string> {
  stopClockAt(at);
  const decision = await openedDecision({
    revote_policy: "revisable",
    regions: regions.map((code) => ({ code })),
  });
  const votes = votesOfRollCall.get(id) ?? [];
  const other = (vote: string) => (vote === "yes" ? "no" : "yes");
  const changed = votes.filter((_, index) => index % 7 === 0);
  const first = await castBatch(
    decision,
    changed.map(({ voter, vote }) => item(voter, other(vote))),
  );
  expect(first.body).toMatchObject({ refused: 0 });
  const all = await castBatch(
    decision,
    votes.map(({ voter, vote }) => item(voter, vote)),
  );
  expect(all.body).toMatchObject({ accepted: votes.length });
  for (const voter of ["ana", "ben", "cem"]) await voteAndTakeBack(decision, voter);
  await takeStep(decision, "close");
  releaseClock();
  return certified(decision);
}

async function voteAndTakeBack(decision: string, voter: string): Promise<void> {
  const token = await tokenFor(decision, voter, { region: regions[0] ?? "" });
  const { body } = await cast<ReceiptBody>(decision, token, "yes", `${voter} votes`);
  const answer = await send("POST", "/api/v1/voting/withdraw", {
    key: token,
    body: { decision_id: decision, proof: body.r },
    headers: { "idempotency-key": `${voter} takes back` },
  });
  expect(answer.status).toBe(201);
  await answer.body?.cancel();
}

/** An own count of the files, of some roll calls. */
function count(asked: readonly { id: string; at: number }[]) {
  const byRegion = new Map<string, Counts>();
  const byYear = new Map<string, Counts>();
  const total = noCounts();
  for (const { id, at } of asked) {
    for (const { voter, vote } of votesOfRollCall.get(id) ?? []) {
      const choice = choices.find((one) => one === vote);
      if (choice === undefined) throw new Error(`${vote} is no choice`);
      total[choice] += 1;
      countsIn(byRegion, regionOfVoter.get(voter) ?? "")[choice] += 1;
      countsIn(byYear, new Date(at).toISOString().slice(0, 4))[choice] += 1;
    }
  }
  return { total, byRegion: sorted(byRegion), byYear: sorted(byYear) };
}

function countedBy({ total, by_region, by_month }: Statistics) {
  const byYear = new Map<string, Counts>();
  for (const { month, counts } of by_month) {
    for (const choice of choices) countsIn(byYear, month.slice(0, 4))[choice] += counts[choice];
  }
  const byRegion = new Map(by_region.map(({ region, counts }) => [region ?? "hidden", counts]));
  return { total, byRegion: sorted(byRegion), byYear: sorted(byYear) };
}

const noCounts = (): Counts => ({ yes: 0, no: 0, abstain: 0 });
function countsIn(counts: Map<string, Counts>, name: string): Counts {
  const found = counts.get(name) ?? noCounts();
  counts.set(name, found);
  return found;
}
const sorted = (counts: Map<string, Counts>) =>
  [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1));

describe("roll calls of the United Nations", () => {
  it("have the statistics by region and year that an own count of the files has", async () => {
    expect(rollCalls.length).toBeGreaterThan(8);
    expect(regions).toHaveLength(5);
    const held: string[] = [];
    for (const rollCall of rollCalls) held.push(await hold(rollCall));
    const read = async (path: string) => {
      const { body } = await api<{ ballots: Statistics | null; ballots_counted?: number }>(
        "GET",
        path,
        { key: adminKey, afresh: true },
      );
      return body;
    };
    for (const [index, id] of held.entries()) {
      const expected = count(rollCalls.slice(index, index + 1));
      const { yes, no, abstain } = expected.total;
      const body = await eventually(`${id} in the index`, async () => {
        const answer = await read(`/api/v1/decisions/${id}/stats`);
        const found = answer.ballots?.total;
        const all = yes + no + abstain;
        return found && found.yes + found.no + found.abstain >= all ? answer : null;
      });
      expect(body.ballots_counted).toBe(yes + no + abstain);
      if (body.ballots !== null) expect(countedBy(body.ballots)).toEqual(expected);
    }
    const { ballots } = await read("/api/v1/stats");
    expect(ballots && countedBy(ballots)).toEqual(count(rollCalls));
  });
});
