import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import { recordOf, type BallotBody } from "../../../support/worker/record.ts";
import { recountBallots } from "../../../support/worker/recount.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";

const close = (id: string) => api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });

async function exported(id: string, query = ""): Promise<Response> {
  const path = `/api/v1/decisions/${id}/export${query}`;
  return eventually(`an export of ${id}`, async () => {
    const response = await send("GET", path);
    if (response.status === 200) return response;
    await expectProblem(response, 503, "projection.behind");
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    return null;
  });
}

/** As bytes: workerd warns of text read from a type that it does not know for text. */
async function textOf(response: Response): Promise<string> {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
    await response.arrayBuffer(),
  );
}

async function ndjsonOf(id: string): Promise<BallotBody[]> {
  const lines = (await textOf(await exported(id))).split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line) as BallotBody);
}

async function csvOf(id: string): Promise<BallotBody[]> {
  const rows = parse(await textOf(await exported(id, "?format=csv")), { columns: true });
  return (rows as Record<string, string>[]).map((row) => ({
    ...(row as BallotBody & Record<string, string>),
    pid: (row["pid"] ?? "missing").replace(/^'/, ""),
    shard: Number(row["shard"]),
    seq: Number(row["seq"]),
    weight: Number(row["weight"]),
  }));
}

describe("the ballots of a closed decision", () => {
  const voters = "voter of the export test";
  const odd = ['He said "no", twice', "Ελλάδα 🇬🇷", "a,b", "'quoted'"];
  const regions = ["north", "R&D (east): a'b", "Île-de-France", "東京"];
  let id = "";
  let record: Omit<BallotBody, "ballot_hash">[] = [];

  beforeAll(async () => {
    id = await openedDecision({
      shards: 5,
      revote_policy: "revisable",
      weight_max: 1_000_000_000_000,
      regions: regions.map((code) => ({ code })),
    });
    const choices = ["yes", "no", "abstain"];
    const votes = Array.from({ length: 240 }, (_, index) => ({
      voter_id: `${voters} ${index} ${odd[index % 4]}`,
      vote: choices[index % 3] ?? "yes",
      region: regions[index % 4] ?? "north",
      weight: index % 7 === 0 ? 1_000_000_000_000 : 1 + index,
    }));
    await castBatch(id, votes, { idempotencyKey: "first" });
    const changed = votes.slice(0, 60).map((vote) => ({ ...vote, vote: "abstain" }));
    await castBatch(id, changed, { idempotencyKey: "a change of mind" });
    await close(id);
    record = (await recordOf(id)).map(({ ballot_hash: _hash, ...ballot }) => ballot);
    await exported(id);
  });

  it("as NDJSON are the record, in order of shard and seq", async () => {
    expect(record.length).toBe(300);
    expect(await ndjsonOf(id)).toEqual(record);
  });

  it("as CSV are the record, whatever a region's name holds", async () => {
    expect(await csvOf(id)).toEqual(record);
  });

  it("as CSV begin no field as a spreadsheet's formula begins, by one apostrophe that is no part of the value", async () => {
    const rows = parse(await textOf(await exported(id, "?format=csv")));
    expect(rows.flat().filter((field) => /^[=+\-@\t\r]/.test(field))).toEqual([]);
    // Of 240 random pids some begin with a hyphen, in 98 of 100 runs.
    const marked = rows.flat().filter((field) => field.startsWith("'"));
    const begun = record.map(({ pid }) => pid).filter((pid) => pid.startsWith("-"));
    expect(marked).toEqual(begun.map((pid) => `'${pid}`));
  });

  it("as a list are the record, whatever the page size", async () => {
    for (const perPage of [7, 50, 100])
      expect(await walkPages<BallotBody>(`/api/v1/decisions/${id}/votes`, perPage)).toEqual(record);
  });

  it("in the database are the record, as the audit reads it", async () => {
    const path = (shard: number) => `/api/v1/decisions/${id}/audit/database/${shard}/ballots`;
    const stored: BallotBody[] = [];
    for (let shard = 0; shard < 5; shard += 1) {
      const { body } = await api<{ ballots: BallotBody[] }>("GET", path(shard), { key: adminKey });
      stored.push(...body.ballots.map((ballot) => ({ ...ballot, shard })));
    }
    expect(stored).toEqual(record);
  });

  it("recounted from the export by the rule alone give the results, whole and by region", async () => {
    const { body } = await readAfresh(id);
    for (const ballots of [await ndjsonOf(id), await csvOf(id)]) {
      const recount = recountBallots(ballots);
      expect(body).toMatchObject({ final: true, total: recount.total });
      expect(body.regions).toEqual(
        regions.map((region) => ({ region, ...recount.regionOf(region) })),
      );
    }
  });

  it("are offered as a file of the right type that no cache keeps", async () => {
    for (const [query, type, ending] of [
      ["", "application/x-ndjson", "ndjson"],
      ["?format=csv", "text/csv; charset=utf-8", "csv"],
    ] as const) {
      const response = await exported(id, query);
      await response.body?.cancel();
      expect(response.headers.get("content-type")).toBe(type);
      expect(response.headers.get("content-disposition")).toContain(`${id}.${ending}`);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("show no voter_id anywhere, and neither does anything else that is public or audited", async () => {
    const base = `/api/v1/decisions/${id}`;
    const paths = [
      base,
      "/api/v1/decisions?per_page=100",
      `${base}/votes?per_page=100`,
      `${base}/export`,
      `${base}/export?format=csv`,
      `${base}/results`,
      `${base}/audit`,
      `${base}/audit/shards/0/ballots`,
      `${base}/audit/database/0/ballots`,
      "/api/v1/regions/north/results",
    ];
    for (const path of paths) {
      const response = await send("GET", path, { key: adminKey });
      expect([path, response.status]).toEqual([path, 200]);
      const text = await textOf(response);
      expect(text.length).toBeGreaterThan(2);
      expect(text).not.toContain(voters);
      // The form of the voter_ids is a term of the decision, and tells none.
      const said = text.replaceAll('"voter_ids":"case_mapped"', "");
      expect(said).not.toMatch(/voter_id|request_?key/i);
    }
  });

  it("have pids that differ from decision to decision", async () => {
    const other = await openedDecision();
    await castBatch(other, [{ voter_id: `${voters} 0 ${odd[0]}`, vote: "yes", region: "north" }]);
    const [ballot] = await recordOf(other);
    expect(record.map(({ pid }) => pid)).not.toContain(ballot?.pid);
  });

  it("refuse a cursor that is not theirs, a page out of range and an unknown format", async () => {
    const foreign = Buffer.from(JSON.stringify({ createdAt: 1, id: "x" })).toString("base64url");
    const base = `/api/v1/decisions/${id}`;
    for (const path of [
      `${base}/votes?after=${foreign}`,
      `${base}/votes?after=x`,
      `${base}/votes?per_page=101`,
      `${base}/export?format=xml`,
    ]) {
      await refused("GET", path, {}, 400, "query.invalid");
    }
  });
});

describe("single ballots", () => {
  const paths = ["votes", "export", "export?format=csv"];

  it("are no one's to see before the close", async () => {
    const draft = await draftDecision();
    const open = await openedDecision();
    await castBatch(open, votesOf(3, "yes", "north"));
    for (const end of paths) {
      for (const id of [draft, open]) {
        const path = `/api/v1/decisions/${id}/${end}`;
        if (id === open) await refused("GET", path, {}, 409, "decision.not_closed");
        else await refused("GET", path, {}, 404, "decision.not_found");
        const ask = { key: adminKey };
        await refused("GET", path, ask, 409, "decision.not_closed");
      }
    }
  });

  it("of a decision that there is not are not found", async () => {
    for (const end of paths) {
      const path = `/api/v1/decisions/nobody-decides-this/${end}`;
      await refused("GET", path, {}, 404, "decision.not_found");
    }
  });

  it("of a decision in which nobody voted are an empty file, with the head that CSV has", async () => {
    const id = await openedDecision();
    await close(id);
    expect(await textOf(await exported(id))).toBe("");
    expect(await textOf(await exported(id, "?format=csv"))).toBe(
      "shard,seq,pid,choice,region,weight,accepted_at\r\n",
    );
    expect((await api("GET", `/api/v1/decisions/${id}/votes`)).body).toEqual({
      items: [],
      next: null,
    });
  });

  it("are exported whole beyond one page of the database", async () => {
    const id = await openedDecision({ shards: 2 });
    for (const prefix of ["a", "b", "c"]) {
      await castBatch(id, votesOf(900, "yes", "north", prefix));
    }
    await close(id);
    const record = (await recordOf(id)).map(({ ballot_hash: _hash, ...ballot }) => ballot);
    expect(await ndjsonOf(id)).toEqual(record);
  });

  it.each(["live", "sealed"])(
    "have no region in a %s decision, before certification says which regions are shown",
    async (visibility) => {
      const id = await openedDecision({
        visibility,
        disclosure: "pseudonymous",
        regions: ["north", "south", "east"].map((code) => ({ code })),
      });
      const votes = [
        ...votesOf(5, "yes", "north"),
        ...votesOf(2, "no", "south"),
        ...votesOf(2, "yes", "east"),
      ];
      await castBatch(id, votes);
      await close(id);
      for (const ballots of [
        await ndjsonOf(id),
        await csvOf(id),
        await walkPages<BallotBody>(`/api/v1/decisions/${id}/votes`, 4),
      ]) {
        expect(ballots.map(({ region }) => region)).toEqual(Array(9).fill(""));
      }
    },
  );
});

describe("whoever sees ballot tokens on their way", () => {
  it("finds the pseudonyms of the published ballots in none of them", async () => {
    const id = await openedDecision();
    const tokens = await Promise.all(["ana", "bo", "ana"].map((voter) => tokenFor(id, voter)));
    const votes = ["yes", "no", "yes"] as const;
    for (const [index, token] of tokens.entries()) await cast(id, token, votes[index] ?? "yes");
    await close(id);
    const ballots = await ndjsonOf(id);
    expect(ballots.map(({ choice }) => choice)).toEqual(["yes", "no"]);
    const claims = tokens.map((token) => atob(token.split(".")[1] ?? ""));
    expect(new Set(claims.map((text) => (JSON.parse(text) as { sub: string }).sub)).size).toBe(3);
    for (const { pid } of ballots) expect(claims.join("\n")).not.toContain(pid);
  });
});
