import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import {
  BallotRejected,
  BallotsArchived,
  type Database,
  type ShardBallot,
} from "../../../src/database/database.ts";
import { createPartitionsAhead } from "../../../src/database/postgres/partitions.ts";
import { postgresDatabase } from "../../../src/database/postgres/postgres.ts";
import { isRejection } from "../../../src/database/postgres/rejection.ts";
import { connectionPerCall } from "../../../src/database/postgres/session.ts";
import { createTestDatabase, type TestDatabase } from "../../support/services/test-database.ts";

const november2026 = Date.UTC(2026, 10, 27);
const ownRegionsMax = 64;

describe("partitions of votes", () => {
  let under: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    under = await createTestDatabase();
    database = postgresDatabase(connectionPerCall(under.workerUrl), () => {});
    return () => under.drop();
  });

  const ballot = (seq: number, region: string, acceptedAt = november2026): ShardBallot => ({
    decisionId: "partitioned",
    shard: 0,
    seq,
    pid: `p${seq}`,
    choice: "yes",
    region,
    weight: 1,
    acceptedAt,
  });
  const applied = async (...ballots: ShardBallot[]) =>
    (await database.applyBallots(ballots)).map(({ appliedSeq }) => appliedSeq);
  const asOwner = (sql: string) =>
    withClient(under.ownerUrl, async (client) => (await client.query<{ name: string }>(sql)).rows);
  const namesBelow = async (parent: string) => {
    const children = `SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid`;
    const rows = await asOwner(`${children} WHERE inhparent = '${parent}'::regclass ORDER BY 1`);
    return rows.map(({ name }) => name);
  };

  it("are made with the first vote of a region in a quarter, under names that nobody can choose", async () => {
    const region = `x"; DROP TABLE votes; --' %s \u{1F30A}`;
    expect(await applied(ballot(1, region), ballot(2, "x".repeat(64)))).toEqual([2]);
    const [first = "", second, third] = await namesBelow("votes");
    expect([first, second]).toEqual([
      expect.stringMatching(/^votes_[0-9a-f]{32}$/),
      expect.stringMatching(/^votes_[0-9a-f]{32}$/),
    ]);
    expect(third).toBe("votes_other");
    expect(await namesBelow(first)).toEqual([`${first}_2026q4`]);
  });

  it("are shared by all regions beyond the first 64, this quarter and later", async () => {
    const regions = Array.from({ length: ownRegionsMax + 20 }, (_, index) => `region ${index}`);
    const now = regions.map((region, index) => ballot(index + 1, region));
    expect(await applied(...now)).toEqual([now.length]);
    expect(await namesBelow("votes")).toHaveLength(ownRegionsMax + 1);
    expect(await namesBelow("votes_other")).toEqual(["votes_other_2026q4"]);
    const later = Date.UTC(2027, 6, 1);
    const next = regions.map((region, index) => ballot(now.length + index + 1, region, later));
    expect(await applied(...next)).toEqual([now.length * 2]);
    expect(await namesBelow("votes")).toHaveLength(ownRegionsMax + 1);
    const query = { decisionId: "partitioned", after: null, perPage: 1_000 };
    expect((await database.listBallots(query)).items).toEqual([...now, ...next]);
  });

  it("of a region that is in the shared one stay there, also once there is room again", async () => {
    const regions = Array.from({ length: ownRegionsMax + 1 }, (_, index) => `region ${index}`);
    await applied(...regions.map((region, index) => ballot(index + 1, region)));
    const [own = ""] = await namesBelow("votes");
    await asOwner(`DROP TABLE ${own}`);
    const [inShared] = await asOwner("SELECT region AS name FROM votes_other");
    await applied(ballot(100, inShared?.name ?? ""));
    expect((await asOwner("SELECT region AS name FROM votes_other")).length).toBe(2);
  });

  it("are made ahead for this quarter and the next, for every region that has voted", async () => {
    await applied(ballot(1, "north"));
    await createPartitionsAhead(connectionPerCall(under.workerUrl), november2026);
    await createPartitionsAhead(connectionPerCall(under.workerUrl), november2026);
    for (const home of await namesBelow("votes")) {
      expect(await namesBelow(home)).toEqual([`${home}_2026q4`, `${home}_2027q1`]);
    }
  });

  it("that an operator detached or dropped are there again when their ballots come again", async () => {
    await applied(ballot(1, "north"), ballot(2, "south"));
    const [first = "", second = ""] = await namesBelow("votes");
    await asOwner(`ALTER TABLE ${first} DETACH PARTITION ${first}_2026q4`);
    await asOwner(`DROP TABLE ${second}`);
    expect(await applied(ballot(1, "north"), ballot(2, "south"))).toEqual([2]);
    const query = { decisionId: "partitioned", after: null, perPage: 10 };
    expect((await database.listBallots(query)).items).toEqual([
      ballot(1, "north"),
      ballot(2, "south"),
    ]);
  });

  it("that are detached are named to whoever reads ballots of theirs, a region's own and the shared one", async () => {
    const regions = Array.from({ length: ownRegionsMax + 2 }, (_, index) => `region ${index}`);
    await applied(...regions.map((region, index) => ballot(index + 1, region)));
    await database.applyBallots([{ ...ballot(1, "region 1"), decisionId: "another" }]);
    const inShared = (await asOwner("SELECT region AS name FROM votes_other ORDER BY region")).map(
      ({ name }) => name,
    );
    expect(inShared).toHaveLength(2);
    const read = (decisionId: string) =>
      database.listBallots({ decisionId, after: null, perPage: 100 });
    const archived = async () => {
      const { archived: parts } = await database.readProjected("partitioned", []);
      const refused = await read("partitioned").catch((error: unknown) => error);
      expect(refused).toEqual(new BallotsArchived(parts));
      return parts.map(({ region, quarter }) => `${region} ${quarter}`);
    };
    await asOwner("ALTER TABLE votes_other DETACH PARTITION votes_other_2026q4");
    expect(await archived()).toEqual(inShared.map((region) => `${region} 2026q4`));
    const own = "SELECT vote_region_partition('region 0') AS name";
    const [{ name } = { name: "" }] = await asOwner(own);
    await asOwner(`DROP TABLE ${name}_2026q4`);
    expect(await archived()).toEqual(["region 0", ...inShared].map((region) => `${region} 2026q4`));
    expect((await read("another")).items).toHaveLength(1);
  });

  it("are made once by writers that meet, who wait for each other and never in a ring", async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const progress = await Promise.all(
        Array.from({ length: 6 }, (_, writer) =>
          database.applyBallots(
            Array.from({ length: 4 }, (__, index) => ({
              ...ballot(index + 1, `region ${round} ${index}`),
              decisionId: `round-${round}`,
              shard: writer,
            })),
          ),
        ),
      );
      expect(progress.flat().map(({ appliedSeq }) => appliedSeq)).toEqual(Array(6).fill(4));
    }
  });

  it.each([
    ["a time before there were ballots", "north", Date.UTC(2019, 11, 31)],
    ["a time in another century", "north", Date.UTC(2100, 0, 1)],
    ["a time that no calendar has", "north", Number.MAX_SAFE_INTEGER],
    ["a region longer than there are", "x".repeat(65), november2026],
    ["a region with what text can't hold", "nor\0th", november2026],
  ])("are not made for %s: such a ballot is poison", async (_, region, acceptedAt) => {
    await expect(applied(ballot(1, region, acceptedAt))).rejects.toThrow(BallotRejected);
    expect(await namesBelow("votes")).toEqual(["votes_other"]);
  });
});

describe("a partition that is missing", () => {
  let under: TestDatabase;
  beforeAll(async () => {
    under = await createTestDatabase();
  });
  afterAll(() => under.drop());

  it("is no poison, though Postgres calls it a violated check", async () => {
    const insert = `INSERT INTO votes VALUES ('d', 0, 1, 'p', 'yes', 'north', 1, ${november2026})`;
    const refused = withClient(under.workerUrl, (client) => client.query(insert));
    const error = await refused.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "23514" });
    expect(isRejection(error)).toBe(false);
  });
});
