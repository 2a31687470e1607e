import { beforeAll, describe, expect, it } from "vitest";
import type { BallotDocument } from "../../../../src/search/search.ts";
import { sampleBallot, sampleDocument } from "../../../support/search/samples.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { issueOrganiserKey } from "../../../support/worker/keys.ts";
import { refused } from "../../../support/worker/problems.ts";
import { certified } from "../../../support/worker/published.ts";
import { theIndex } from "../../../support/worker/search.ts";
import { settleLists } from "../../../support/worker/settle-lists.ts";

interface CountsBody {
  yes: number;
  no: number;
  abstain: number;
}
interface BallotsBody {
  total: CountsBody;
  by_region: { region: string | null; counts: CountsBody }[];
  other_regions: CountsBody;
  by_month: { month: string; counts: CountsBody }[];
}
interface DecisionStatisticsBody {
  decision_id: string;
  ballots: BallotsBody | null;
  ballots_counted: number | null;
  turnout: { electorate: number; voted: number } | null;
  indexed_to: string | null;
  age_ms: number | null;
  computed_at: string;
}
interface StatisticsBody {
  decisions: {
    by_month: { month: string; count: number }[];
  };
  ballots: BallotsBody;
  computed_at: string;
}

const statisticsOf = (id: string, key: string | null = null) =>
  api<DecisionStatisticsBody>("GET", `/api/v1/decisions/${id}/stats`, { key, afresh: true });
const at = (month: number) => Date.UTC(2026, month, 3);

/** A certified decision in which three have voted, in the index as its feed brings it there. */
async function endedDecision(given: object = {}): Promise<string> {
  const id = await openedDecision({ revote_policy: "revisable", ...given });
  const votes = ["yes", "yes", "no"].map((vote, index) => ({
    voter_id: `voter-${index}`,
    vote,
    region: index === 0 ? "south" : "north",
    nonce: String(index).padStart(64, "0"),
  }));
  await castBatch(id, votes);
  await takeStep(id, "close");
  await certified(id);
  await settleLists(id);
  return id;
}

/** The same once its ballots are in the index. */
async function countedDecision(): Promise<string> {
  const id = await endedDecision();
  await eventually(`the ballots of ${id} in the index`, async () => {
    const { total } = (await statisticsOf(id)).body.ballots ?? {};
    return total?.yes === 2 && total.no === 1 ? true : null;
  });
  return id;
}

const threeBallots: BallotDocument[] = [
  sampleBallot({ choice: "yes", region: "south", at: at(9) }),
  sampleBallot({ choice: "yes", region: "north", at: at(10) }),
  sampleBallot({ choice: "no", region: "north", at: at(10) }),
];

describe("a decision's statistics", () => {
  let id = "";
  beforeAll(async () => {
    id = await countedDecision();
    // Newer than what the feed brings.
    const newest = { id, version: 1_000_000, status: "certified" } as const;
    await theIndex().indexDecisions([sampleDocument({ ...newest, electorate: 10, voted: 3 })]);
    await theIndex().indexBallots([{ decisionId: id, page: 1, ballots: threeBallots }]);
    await theIndex().noteIndexedTo(Date.now());
  });

  it("count its published ballots by choice, region and month, and who has voted", async () => {
    const { body } = await statisticsOf(id);
    expect(body).toMatchObject({
      decision_id: id,
      ballots: {
        total: { yes: 2, no: 1, abstain: 0 },
        by_region: [
          { region: "north", counts: { yes: 1, no: 1, abstain: 0 } },
          { region: "south", counts: { yes: 1, no: 0, abstain: 0 } },
        ],
        other_regions: { yes: 0, no: 0, abstain: 0 },
        by_month: [
          { month: "2026-10", counts: { yes: 1, no: 0, abstain: 0 } },
          { month: "2026-11", counts: { yes: 1, no: 1, abstain: 0 } },
        ],
      },
      ballots_counted: 3,
      turnout: { electorate: 10, voted: 3 },
    });
    expect(body.age_ms).toBeGreaterThanOrEqual(0);
    // Not beside `indexed_to`: clocks of other tests of this runtime have gone ahead.
    expect(Date.parse(body.computed_at)).toBeLessThanOrEqual(Date.now());
  });

  it("say how many ballots there are where the index does not have them all", async () => {
    const other = await countedDecision();
    await theIndex().indexBallots([
      { decisionId: other, page: 1, ballots: threeBallots.slice(0, 1) },
    ]);
    const { body } = await statisticsOf(other);
    expect(body.ballots?.total).toEqual({ yes: 1, no: 0, abstain: 0 });
    expect(body).toMatchObject({ ballots_counted: 3, turnout: null });
  });

  it("show no ballots before it is certified, nor where it discloses none, whatever the index has", async () => {
    const open = await openedDecision();
    const aggregate = await endedDecision({ disclosure: "aggregate" });
    for (const each of [open, aggregate]) {
      await theIndex().indexBallots([{ decisionId: each, page: 1, ballots: threeBallots }]);
      const { body } = await statisticsOf(each);
      expect(body).toMatchObject({ ballots: null, ballots_counted: null });
      expect(JSON.stringify(body)).not.toContain("south");
    }
  });

  it("of a draft are empty for whoever manages it, and not there for others", async () => {
    const { key } = await issueOrganiserKey("statistics-owner");
    const draft = await draftDecision({}, key);
    await theIndex().indexBallots([{ decisionId: draft, page: 1, ballots: threeBallots }]);
    const nothing = { ballots: null, ballots_counted: null, turnout: null, indexed_to: null };
    expect((await statisticsOf(draft, key)).body).toMatchObject(nothing);
    expect((await statisticsOf(draft, adminKey)).body).toMatchObject(nothing);
    const path = `/api/v1/decisions/${draft}/stats`;
    await refused("GET", path, {}, 404, "decision.not_found");
    await refused("GET", "/api/v1/decisions/none/stats", {}, 404, "decision.not_found");
  });
});

describe("the statistics of all", () => {
  it("add up what is in the index, and are kept for whoever asks next", async () => {
    const read = async (afresh: boolean) =>
      (await api<StatisticsBody>("GET", "/api/v1/stats", { afresh })).body;
    const kept = await read(false);
    // No other test has a decision of then.
    const closedAt = Date.UTC(1999, 11, 31, 23, 59);
    const ballots = threeBallots.map((ballot) => ({ ...ballot, at: closedAt }));
    for (const name of ["one", "other"]) {
      const id = `${name}-${crypto.randomUUID()}`;
      await theIndex().indexDecisions([sampleDocument({ id, status: "closed", closedAt })]);
      await theIndex().indexBallots([{ decisionId: id, page: 1, ballots }]);
    }
    const after = await read(true);
    const month = "1999-12";
    expect(after.decisions.by_month).toContainEqual({ month, count: 2 });
    expect(after.ballots.by_month).toContainEqual({ month, counts: { yes: 4, no: 2, abstain: 0 } });
    const sum = (choice: keyof CountsBody) =>
      after.ballots.by_month.reduce((total, { counts }) => total + counts[choice], 0);
    expect(after.ballots.total).toEqual({
      yes: sum("yes"),
      no: sum("no"),
      abstain: sum("abstain"),
    });
    expect(await read(false)).toMatchObject({
      computed_at: kept.computed_at,
      ballots: kept.ballots,
    });
  });
});
