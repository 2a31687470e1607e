import { beforeEach, describe, expect, test } from "vitest";
import type { LoggedBallotAnswer } from "../../../../src/cli/api/answers.ts";
import { describeDifference } from "../../../../src/cli/verify/difference.ts";
import { ReceiptIndex } from "../../../../src/cli/verify/receipt-index.ts";
import { VerifySummary } from "../../../../src/cli/verify/summary.ts";
import { verifyDecision } from "../../../../src/cli/verify/verify-decision.ts";
import { WaitBudget } from "../../../../src/cli/verify/wait-budget.ts";
import { limits } from "../../../../src/shared/limits.ts";
import {
  closesAt,
  fakeClient,
  fakeInstance,
  freezeAgain,
  frozenRoll,
  hashOf,
  opensAt,
  type FakeInstance,
} from "./fake-instance.ts";

const voters = 20;
let instance: FakeInstance;
let receipts: ReceiptIndex;

beforeEach(() => begin(fakeInstance(voters)));

function begin(made: FakeInstance): void {
  instance = made;
  receipts = new ReceiptIndex();
  for (const { ballot_hash } of instance.logs.flat())
    receipts.add({ decision_id: "d", ballot_hash });
}

/** Voters of Europe have the second shard to themselves. */
function beginPlaced(): void {
  begin(fakeInstance(voters, true));
  instance.decision.electorate = "roll";
}

/** None of these decisions was certified. */
function noPublication(): never {
  throw new Error("nobody asks for a publication");
}

async function verify(): Promise<string[]> {
  const work = {
    client: instance.client,
    sourceOf: noPublication,
    receipts,
    budget: new WaitBudget(0),
    onBallots: () => {},
  };
  const report = await verifyDecision(work, instance.decision);
  return report.differences.map(describeDifference);
}

function lostBallot(hash: string): string {
  return `wrong: d, receipts, ballot ${hash}: expected the acknowledged ballot, found no such ballot`;
}

function logged(shard: number, seq: number): LoggedBallotAnswer {
  const ballot = instance.logs[shard]?.[seq - 1];
  if (ballot === undefined) throw new Error(`no ballot ${shard}/${seq}`);
  return ballot;
}

test("a decision whose copies agree has no difference, and every ballot and receipt is looked at", async () => {
  const work = {
    client: instance.client,
    sourceOf: noPublication,
    receipts,
    budget: new WaitBudget(0),
    onBallots: () => {},
  };
  expect(await verifyDecision(work, instance.decision)).toEqual({
    decision: "d",
    status: "closed",
    shards: 2,
    ballots: voters,
    counted: voters,
    receipts: voters,
    hasRoll: false,
    isRehearsal: false,
    differences: [],
    unlisted: [],
  });
});

test("a ballot missing from the log is found by its seq, and its receipt as lost", async () => {
  instance.logs[1]?.splice(4, 1);
  const found = await verify();
  expect(found[0]).toBe("wrong: d, log, shard 1, seq 5: expected seq 5, found seq 6");
  expect(found).toContain(lostBallot(hashOf(1, 5)));
});

test("a ballot missing from the log's end is found although nothing is out of order", async () => {
  const lost = instance.logs[0]?.pop();
  const found = await verify();
  expect(found[0]).toContain(`shard 0, seq ${lost?.seq ?? 0}: expected ballots up to seq`);
  expect(found.some((line) => line.includes("receipts") && line.includes("no such ballot"))).toBe(
    true,
  );
});

test("a ballot that was changed, and its hash with it, is found by receipt, database and tally", async () => {
  const ballot = logged(0, 2);
  ballot.choice = ballot.choice === "yes" ? "no" : "yes";
  ballot.ballot_hash = "0".repeat(64);
  const found = (await verify()).join("\n");
  expect(found).toContain(lostBallot(hashOf(0, 2)));
  expect(found).toContain("database, shard 0, seq 2, choice");
  expect(found).toContain("shard tally, shard 0, whole, yes, ballots");
  expect(found).toContain("room, whole, yes, ballots");
  expect(found).toContain("results, whole, yes, ballots");
});

test("a second ballot of a voter under a final policy is found, and is allowed under a revisable one", async () => {
  const log = instance.logs[0] ?? [];
  const again = { ...logged(0, 1), seq: log.length + 1 };
  again.ballot_hash = hashOf(0, again.seq);
  log.push(again);
  instance.rows[0]?.push(again);
  const shard = instance.audit.shards[0];
  const row = instance.audit.database.shards[0];
  if (shard === undefined || row === undefined) throw new Error("no shard");
  shard.seq += 1;
  row.applied_seq += 1;
  instance.outcome["seals"] = [shard, { shard: 1, seq: instance.logs[1]?.length }].map((seal) => ({
    ...seal,
    sealed_at: new Date(closesAt).toISOString(),
  }));
  expect(await verify()).toEqual([
    expect.stringContaining(`log, shard 0, seq ${again.seq}: expected one ballot a voter`),
  ]);
  instance.decision.revote_policy = "revisable";
  expect(await verify()).toEqual([]);
});

test("a voter recorded in another shard than its own is found", async () => {
  const stranger = { ...logged(1, 1), seq: (instance.logs[0]?.length ?? 0) + 1 };
  stranger.ballot_hash = hashOf(0, stranger.seq);
  instance.logs[0]?.push(stranger);
  const shard = instance.audit.shards[0];
  if (shard !== undefined) shard.seq += 1;
  expect((await verify()).join("\n")).toContain(
    "expected a pid of shard 0, found a pid of shard 1",
  );
});

test("a row missing, changed, or too many in the database is found by its place", async () => {
  const row = instance.rows[0]?.[3];
  if (row === undefined) throw new Error("no row");
  row.accepted_at = "2020-01-01T00:00:00.000Z";
  expect((await verify())[0]).toContain("database, shard 0, seq 4, accepted_at: expected");

  instance = fakeInstance(voters);
  instance.rows[1]?.splice(2, 1);
  expect((await verify())[0]).toContain("database, shard 1, seq 3: expected a row for pid");

  instance = fakeInstance(voters);
  instance.rows[1]?.push({ ...logged(1, 1), seq: 99 });
  expect((await verify())[0]).toContain(
    "database, shard 1, seq 99: expected no row beyond the log",
  );
});

describe("a shard with several differences", () => {
  const without = (lines: readonly string[], ...layers: string[]) =>
    lines.filter((line) => !layers.some((layer) => line.startsWith(`wrong: d, ${layer}`)));

  test("shows each of them: rows missing, changed twice, unknown, and one that comes after", async () => {
    const rows = instance.rows[0] ?? [];
    const changed = rows[5];
    if (changed === undefined) throw new Error("no row");
    Object.assign(changed, { choice: "withdrawn", region: "nowhere" });
    rows.splice(7, 2);
    rows.splice(1, 1);
    rows.push({ ...logged(0, 1), seq: 77 }, { ...logged(0, 2), seq: 78 });
    expect(await verify()).toEqual([
      expect.stringMatching(/database, shard 0, seq 2: expected a row for pid .*, found no row/),
      expect.stringContaining("database, shard 0, seq 6, choice: expected"),
      expect.stringContaining("database, shard 0, seq 6, region: expected"),
      expect.stringContaining("database, shard 0, seq 8: expected a row"),
      expect.stringContaining("database, shard 0, seq 9: expected a row"),
      expect.stringContaining("database, shard 0, seq 77: expected no row beyond the log"),
      expect.stringContaining("database, shard 0, seq 78: expected no row beyond the log"),
    ]);
  });

  test("shows each of its log, and goes on behind a gap with rows and receipts", async () => {
    const log = instance.logs[0] ?? [];
    const [first, second] = [logged(0, 2), logged(0, 11)];
    first.ballot_hash = "0".repeat(64);
    second.ballot_hash = "1".repeat(64);
    const [gone] = log.splice(5, 1);
    const found = without(await verify(), "shard tally", "room", "results", "outcome");
    expect(found).toEqual([
      "wrong: d, log, shard 0, seq 6: expected seq 6, found seq 7",
      `wrong: d, database, shard 0, seq 6: expected no row beyond the log, found a row of pid ${gone?.pid}`,
      ...[2, 6, 11].map((seq) => lostBallot(hashOf(0, seq))),
    ]);
  });

  test("shows ballots that its log has beyond the seal", async () => {
    const last = instance.logs[0]?.length ?? 0;
    const extra = { ...logged(0, 1), seq: last + 1 };
    instance.logs[0]?.push(extra, { ...extra, seq: last + 2 });
    expect(await verify()).toEqual([
      expect.stringContaining(`log, shard 0, seq ${last + 1}: expected no ballot after the seal`),
      expect.stringContaining(`log, shard 0, seq ${last + 2}: expected no ballot after the seal`),
    ]);
  });

  test.each([
    ["as many as are listed", limits.verifyDifferencesListedMax, []],
    [
      "more than are listed, which are counted",
      limits.verifyDifferencesListedMax + 3,
      [{ layer: "database", shard: 0, count: 3 }],
    ],
  ])("shows %s", async (_, count, unlisted) => {
    instance = fakeInstance(4 * count);
    receipts = new ReceiptIndex();
    instance.rows[0]?.splice(0, count);
    const { client } = instance;
    const budget = new WaitBudget(0);
    const work = { client, sourceOf: noPublication, receipts, budget, onBallots() {} };
    const report = await verifyDecision(work, instance.decision);
    expect(report.differences).toHaveLength(limits.verifyDifferencesListedMax);
    expect(report.unlisted).toEqual(unlisted);
    const lines: string[] = [];
    const summary = new VerifySummary((line) => lines.push(line));
    summary.add(report);
    expect(summary.verdict).toBe("different");
    expect(summary.lines().join("\n")).toContain(`wrong       ${count}`);
    expect(lines).toHaveLength(limits.verifyDifferencesListedMax + unlisted.length);
    if (unlisted.length > 0) expect(lines.at(-1)).toBe("wrong: d, database, shard 0: 3 more");
  });
});

test("a rehearsal is said to be one", async () => {
  const { client } = instance;
  const budget = new WaitBudget(0);
  const work = { client, sourceOf: noPublication, receipts, budget, onBallots() {} };
  const report = await verifyDecision(work, { ...instance.decision, rehearsal: true });
  const lines: string[] = [];
  new VerifySummary((line) => lines.push(line)).add(report);
  expect(lines).toEqual(["d is a rehearsal: its results never count"]);
});

test("ballots that are archived are named once, no rows are asked for, and nobody waits for them", async () => {
  const { database } = instance.audit;
  database.archived = [{ region: "Asia", quarter: "2026q4" }];
  database.shards = [];
  instance.rows = [];
  instance = { ...instance, client: fakeClient(instance) };
  const budget = new WaitBudget(600);
  const { client } = instance;
  const work = { client, sourceOf: noPublication, receipts, budget, onBallots: () => {} };
  const { differences, ballots } = await verifyDecision(work, instance.decision);
  expect(differences.map(describeDifference)).toEqual([
    "wrong: d, database, region Asia, 2026q4: expected its ballots in the table, found archived: their partition is detached",
  ]);
  expect(ballots).toBe(voters);
});

test("a database that has not caught up in time is behind, by how much, and not wrong", async () => {
  const row = instance.audit.database.shards[0];
  if (row === undefined) throw new Error("no shard");
  const seq = row.applied_seq;
  row.applied_seq -= 3;
  instance.rows[0]?.splice(-3);
  expect(await verify()).toEqual([
    `behind: d, database, shard 0: expected applied up to seq ${seq}, found up to seq ${seq - 3}, 3 ballots behind`,
  ]);
});

test("a room, a shard tally or a public result that differs is told apart", async () => {
  instance.audit.room.total.yes.weight = "999";
  expect(await verify()).toEqual([expect.stringContaining("wrong: d, room, whole, yes, weight")]);

  instance = fakeInstance(voters);
  const region = instance.audit.shards[1]?.regions?.[0];
  if (region === undefined) throw new Error("no region");
  region.no.ballots += 1;
  expect(await verify()).toEqual([
    expect.stringContaining(`shard tally, shard 1, region ${region.region}, no, ballots`),
  ]);

  instance = fakeInstance(voters);
  instance.results.final = false;
  instance.results.total.abstain.ballots += 1;
  expect(await verify()).toEqual([
    expect.stringContaining("results, whole, abstain, ballots"),
    expect.stringContaining("results, final"),
  ]);
});

describe("a decision with a roll", () => {
  beforeEach(() => {
    instance.decision.electorate = "roll";
  });

  test("has no difference when every voter is on it as they were counted", async () => {
    expect(await verify()).toEqual([]);
  });

  test("shows a counted ballot whose voter is not on the roll", async () => {
    const voter = instance.voters[0]?.findIndex(({ pid }) => pid === logged(0, 2).pid) ?? -1;
    instance.voters[0]?.splice(voter, 1);
    instance.roll = frozenRoll(instance.voters);
    expect(await verifySpoilt()).toEqual([
      "wrong: d, roll, shard 0: expected every counted ballot's voter on the roll, found 1 who are not",
    ]);
  });

  test("shows a counted ballot with another region or weight than its voter has", async () => {
    const { pid } = logged(1, 1);
    const voter = instance.voters[1]?.find((one) => one.pid === pid);
    if (voter === undefined) throw new Error("no such voter");
    voter.weight = 2;
    instance.roll = frozenRoll(instance.voters);
    const region = voter.region;
    expect(await verifySpoilt()).toEqual([
      `wrong: d, roll, shard 1, pid ${pid}: expected region "${region}", weight 2, found region "${region}", weight 1`,
    ]);
  });

  test("shows a roll that is no longer the one that was frozen, by hash and by figures", async () => {
    instance.voters[0]?.splice(
      instance.voters[0].findIndex(({ weight }) => weight === 7),
      1,
    );
    const found = (await verify()).join("\n");
    expect(found).toContain("wrong: d, roll, hash: expected");
    expect(found).toContain(`roll, whole: expected ${voters + 1} voters, weight ${voters + 7}`);
    expect(found).toContain("roll, region Asia: expected");
  });

  test("has no difference when voters of a region have a shard of their own", async () => {
    beginPlaced();
    expect(await verify()).toEqual([]);
  });

  test("shows a voter of one group's region on the roll of another", async () => {
    beginPlaced();
    const astray = instance.voters[1]?.find(({ weight }) => weight === 7);
    if (astray === undefined) throw new Error("no such voter");
    astray.region = "Asia";
    instance.roll = frozenRoll(instance.voters);
    expect(await verifySpoilt()).toEqual([
      `wrong: d, roll, shard 1, pid ${astray.pid}, region Asia: expected a region of group 1, found one of group 0`,
    ]);
  });

  test("shows a voter who stands in regions of two groups", async () => {
    beginPlaced();
    const pid = logged(0, 1).pid;
    instance.voters[1]?.push({ pid, region: "Europe", weight: 1 });
    instance.voters[1]?.sort((a, b) => (a.pid < b.pid ? -1 : 1));
    instance.roll = frozenRoll(instance.voters);
    expect(await verifySpoilt()).toEqual([
      `wrong: d, roll, pid ${pid}: expected a voter in one part, found in those of shards 0 and 1`,
    ]);
  });

  test("shows a ballot and a voter whom the pid puts into another shard of the group", async () => {
    beginPlaced();
    instance.manifest["shardMap"] = [0, 0].map((group) => ({ locationHint: null, group }));
    instance.manifest["placement"] = [{ regions: ["Nowhere"], locationHint: null, shards: 1 }];
    freezeAgain(instance);
    const found = (await verifySpoilt()).join("\n");
    expect(found).toContain(
      "log, shard 0, seq 2: expected a pid of shard 0, found a pid of shard 1",
    );
    expect(found).toMatch(/roll, shard 1, pid .*: expected a pid of shard 1, found of shard 0/);
  });

  /** The fake answers from what it was made of; a roll of its own takes a new one. */
  async function verifySpoilt(): Promise<string[]> {
    instance = { ...instance, client: fakeClient(instance) };
    return verify();
  }
});

describe("a ballot that its shard would have refused", () => {
  /** Records a ballot otherwise in every copy: nothing but the manifest can tell that it is wrong. */
  function forge(change: Partial<LoggedBallotAnswer>): void {
    for (const ballots of [instance.logs, instance.rows]) {
      const ballot = ballots[0]?.[1];
      if (ballot === undefined) throw new Error("no ballot");
      Object.assign(ballot, change);
    }
  }
  const at = (moment: number) => ({ accepted_at: new Date(moment).toISOString() });

  test.each([
    ["before the window", opensAt - 1, "at or after 2023-11-14T22:13:20.000Z"],
    ["as the window ended", closesAt, "before 2023-11-14T23:13:20.000Z"],
  ])("because it came %s is found", async (_when, moment, expected) => {
    forge(at(moment));
    expect(await verify()).toEqual([
      `wrong: d, log, shard 0, seq 2, accepted_at: expected ${expected}, found ${at(moment).accepted_at}`,
    ]);
  });

  test("hides no ballot that is missing from the end of the log", async () => {
    forge(at(opensAt - 1));
    instance.logs[0]?.pop();
    const found = (await verify()).filter((line) => line.includes("d, log, shard 0"));
    expect(found).toEqual([
      expect.stringContaining("seq 2, accepted_at: expected at or after"),
      expect.stringContaining("expected ballots up to seq"),
    ]);
  });

  test("because its decision was closed early is found by the shard's seal", async () => {
    const sealedAt = opensAt + 60_000;
    instance.outcome["seals"] = instance.logs.map((log, shard) => ({
      shard,
      seq: log.length,
      sealed_at: new Date(sealedAt).toISOString(),
    }));
    forge(at(sealedAt));
    expect(await verify()).toEqual([]);
    forge(at(sealedAt + 1));
    expect(await verify()).toEqual([
      expect.stringContaining("seq 2, accepted_at: expected at or before its shard's seal"),
    ]);
  });

  test("is none where the window was extended, and is one after its longer end", async () => {
    instance.manifest["extensionMinutes"] = 5;
    freezeAgain(instance);
    instance.outcome["seals"] = instance.logs.map((log, shard) => ({
      shard,
      seq: log.length,
      sealed_at: new Date(closesAt + 300_000).toISOString(),
    }));
    instance.decision.extension = { minutes: 5, extended: true };
    instance.decision.closes_at = new Date(closesAt + 300_000).toISOString();
    forge(at(closesAt + 299_999));
    expect(await verify()).toEqual([]);
    forge(at(closesAt + 300_000));
    expect(await verify()).toHaveLength(1);
    // Where shards were silent at the end, it began later.
    instance.decision.closes_at = new Date(closesAt + 300_001).toISOString();
    expect(await verify()).toEqual([]);
    instance.decision.extension.extended = false;
    forge(at(closesAt));
    expect(await verify()).toHaveLength(1);
  });

  test("because of its weight is found in an open electorate, whose tokens and stations say it", async () => {
    for (const copy of [instance.logs, instance.rows]) {
      for (const ballot of copy.flat()) ballot.weight = 1;
    }
    instance.manifest["weightMax"] = 0;
    freezeAgain(instance);
    expect(await verify()).toEqual(
      instance.logs.flatMap((log, shard) =>
        log.map(
          ({ seq }) =>
            `wrong: d, log, shard ${shard}, seq ${seq}, weight: expected at most 0, found 1`,
        ),
      ),
    );
    instance.decision.electorate = "roll";
    expect(await verify()).toEqual([]);
  });

  test("because of its region is found", async () => {
    instance.manifest["regions"] = [{ code: "Asia", name: "Asia" }];
    freezeAgain(instance);
    expect((await verify())[0]).toContain(
      "d, log, shard 0, seq 2, region: expected a region of the decision, found Europe",
    );
  });
});

test("a decision that is still open is held against its manifest too", async () => {
  instance.decision.status = "open";
  instance.audit.status = "open";
  instance.results.status = "open";
  instance.results.final = false;
  expect(await verify()).toEqual([]);
  instance.manifest["title"] = "Another";
  expect(await verify()).toEqual([expect.stringContaining("d, manifest, hash: expected")]);
});

test("an outcome that is not what the rule says of the ballots is found by its figures", async () => {
  instance.outcome["outcome"] = "no_quorum";
  expect(await verify()).toEqual(['wrong: d, outcome, outcome: expected "tie", found "no_quorum"']);
});

test("a manifest that was changed is found by its hash, and an outcome by the seals that it names", async () => {
  instance.manifest["title"] = "Another";
  instance.outcome["seals"] = [{ shard: 0, seq: 1, sealed_at: new Date(closesAt).toISOString() }];
  const found = (await verify()).join("\n");
  expect(found).toContain("wrong: d, manifest, hash: expected");
  expect(found).toContain("wrong: d, outcome, seals: expected shard 0 up to seq");
});

test("a receipt whose ballot no shard has is a lost ballot, and one of another decision is not looked at", async () => {
  receipts.add({ decision_id: "d", ballot_hash: "0".repeat(64) });
  receipts.add({ decision_id: "e", ballot_hash: "1".repeat(64) });
  expect(await verify()).toEqual([lostBallot("0".repeat(64))]);
});

describe("a decision whose ballots are forgotten", () => {
  beforeEach(() => {
    instance.decision.forgotten_at = new Date(closesAt).toISOString();
    instance.audit.database.shards = [];
    instance.logs.splice(0);
    instance.rows.splice(0);
  });

  test("is checked by what stays of it, and no ballot is asked for", async () => {
    expect(await verify()).toEqual([]);
  });

  test("has the tally that its outcome was made of", async () => {
    const [shard] = instance.audit.shards;
    const [region] = shard?.regions ?? [];
    if (region === undefined) throw new Error("no region");
    region.yes.ballots += 1;
    const found = (await verify()).join("\n");
    expect(found).toContain("room, ");
    expect(found).toContain("results, ");
    expect(found).toContain("outcome, tally");
  });

  test("has nothing of its ballots left in the database", async () => {
    instance.audit.database.shards = [{ shard: 1, applied_seq: 3, ballots: 3 }];
    expect(await verify()).toEqual([
      "wrong: d, database, shard 1: expected nothing of what is forgotten, found 3 ballots",
    ]);
  });

  test("has the manifest that was frozen", async () => {
    instance.manifest["opensAt"] = opensAt + 1;
    expect((await verify()).join("\n")).toContain("manifest");
  });
});
