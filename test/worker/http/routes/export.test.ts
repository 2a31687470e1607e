import { beforeAll, describe, expect, it } from "vitest";
import { byText } from "../../../support/by-text.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";
import { certified, publishedRows, type PublishedRow } from "../../../support/worker/published.ts";
import { recordOf, type BallotBody } from "../../../support/worker/record.ts";
import { recountBallots } from "../../../support/worker/recount.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";

const close = (id: string) => api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });

/** As bytes: workerd warns of text read from a type that it does not know for text. */
async function textOf(response: Response): Promise<string> {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
    await response.arrayBuffer(),
  );
}

describe("the ballots of a roll call", () => {
  const voters = "voter of the export test";
  const odd = ['He said "no", twice', "Ελλάδα 🇬🇷", "a,b", "'quoted'"];
  const regions = ["north", "R&D (east): a'b", "Île-de-France", "東京"];
  let id = "";
  let record: BallotBody[] = [];

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
      name: "A Name",
    }));
    await castBatch(id, votes);
    await close(id);
    await certified(id);
    record = await recordOf(id);
  });

  it("in the database and in the list of what was received are the record", async () => {
    const path = (shard: number) => `/api/v1/decisions/${id}/audit/database/${shard}/ballots`;
    const stored: BallotBody[] = [];
    for (let shard = 0; shard < 5; shard += 1) {
      const { body } = await api<{ ballots: BallotBody[] }>("GET", path(shard), { key: adminKey });
      stored.push(...body.ballots.map((ballot) => ({ ...ballot, shard })));
    }
    const expected = record.map(({ ballot_hash: _hash, ...ballot }) => ballot);
    expect(expected).toHaveLength(240);
    expect(stored).toEqual(expected);
    for (const perPage of [7, 100])
      expect(await walkPages(`/api/v1/decisions/${id}/votes/received`, perPage)).toEqual(expected);
  });

  it("are listed of a region or choice alone, in the same order", async () => {
    const path = `/api/v1/decisions/${id}/votes/received`;
    const of = (query: string) => walkPages<BallotBody>(`${path}?${query}`, 7);
    const expected = record.map(({ ballot_hash: _hash, ...ballot }) => ballot);
    const inRegion = expected.filter(({ region }) => region === "R&D (east): a'b");
    expect(inRegion).toHaveLength(60);
    const region = encodeURIComponent("R&D (east): a'b");
    expect(await of(`region=${region}`)).toEqual(inRegion);
    const isNo = ({ choice }: { choice: string }) => choice === "no";
    expect(await of("choice=no")).toEqual(expected.filter(isNo));
    expect(await of(`region=${region}&choice=no`)).toEqual(inRegion.filter(isNo));
    expect(await of("region=nowhere")).toEqual([]);
    for (const query of ["choice=maybe", "region=*", "regions=north"])
      expect((await api("GET", `${path}?${query}`)).status).toBe(400);
  });

  it("recounted from what is published give the results, whole and by region", async () => {
    const { body } = await readAfresh(id);
    const rows = await publishedRows(id, "votes");
    const asBallot = (row: PublishedRow, seq: number) =>
      ({ ...row, seq, shard: 0, pid: row.ballot_hash }) as unknown as BallotBody;
    const recount = recountBallots(rows.map(asBallot));
    expect(body).toMatchObject({ final: true, total: recount.total });
    expect(body.regions).toEqual(
      regions.map((region) => ({ region, ...recount.regionOf(region) })),
    );
    const hashes = record.map(({ ballot_hash }) => ballot_hash).toSorted(byText);
    expect(rows.map(({ ballot_hash }) => ballot_hash)).toEqual(hashes);
  });

  it("are offered as a file of the right type", async () => {
    for (const [query, type, ending] of [
      ["", "application/x-ndjson", "counted.ndjson"],
      ["?format=csv", "text/csv; charset=utf-8", "counted.csv"],
      ["?format=csv&list=others", "text/csv; charset=utf-8", "others.csv"],
    ] as const) {
      const response = await send("GET", `/api/v1/decisions/${id}/export${query}`);
      const [first, second, third] = await response.bytes();
      // Excel reads CSV as UTF-8 where it begins with the byte order mark, and as Windows-1252 where not.
      const isMarked = first === 0xef && second === 0xbb && third === 0xbf;
      expect(isMarked).toBe(ending.endsWith(".csv"));
      expect(response.headers.get("content-type")).toBe(type);
      expect(response.headers.get("content-disposition")).toContain(`${id}-${ending}`);
    }
    await refused("GET", `/api/v1/decisions/${id}/export?format=xml`, {}, 400, "query.invalid");
  });

  it("show no voter_id beside a name anywhere, and neither does anything else that is public or audited", async () => {
    const base = `/api/v1/decisions/${id}`;
    const paths = [
      base,
      "/api/v1/decisions?per_page=100",
      `${base}/votes`,
      `${base}/votes/received?per_page=100`,
      `${base}/export`,
      `${base}/export?format=csv`,
      `${base}/results`,
      `${base}/audit`,
      `${base}/audit/openings`,
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
      expect(text).not.toMatch(/voter_id\b|request_?key/i);
    }
  });

  it("received refuse a cursor that is not theirs, and a page out of range", async () => {
    const foreign = Buffer.from(JSON.stringify({ createdAt: 1, id: "x" })).toString("base64url");
    const base = `/api/v1/decisions/${id}/votes/received`;
    for (const query of [`after=${foreign}`, "after=x", "per_page=101"])
      await refused("GET", `${base}?${query}`, {}, 400, "query.invalid");
  });

  it("are listed as they come where the counts are live, and else from the close on", async () => {
    const live = await openedDecision();
    await castBatch(live, votesOf(3, "yes", "north"));
    const list = (of: string) => walkPages(`/api/v1/decisions/${of}/votes/received`, 100);
    await expect.poll(async () => (await list(live)).length).toBe(3);
    const sealed = await openedDecision({ visibility: "sealed" });
    await castBatch(
      sealed,
      votesOf(3, "yes", "north").map((vote, at) => ({
        ...vote,
        nonce: String(at).padStart(64, "0"),
      })),
    );
    const path = `/api/v1/decisions/${sealed}/votes/received`;
    await refused("GET", path, { key: adminKey }, 403, "results.sealed");
    await close(sealed);
    await expect.poll(async () => (await list(sealed)).length).toBe(3);
  });
});

describe("single ballots", () => {
  const paths = ["votes", "export", "export?format=csv"];

  it("of a draft and of an open roll call are not published, whatever the key", async () => {
    const draft = await draftDecision();
    const open = await openedDecision();
    await castBatch(open, votesOf(3, "yes", "north"));
    for (const end of paths) {
      for (const id of [draft, open]) {
        const ask = { key: adminKey };
        const path = `/api/v1/decisions/${id}/${end}`;
        if (id === open) await refused("GET", path, {}, 409, "publication.not_ready");
        else await refused("GET", path, {}, 404, "decision.not_found");
        await refused("GET", path, ask, 409, "publication.not_ready");
      }
    }
  });

  it("of a decision that there is not are not found", async () => {
    for (const end of [...paths, "votes/others", "votes/received"]) {
      const path = `/api/v1/decisions/nobody-decides-this/${end}`;
      await refused("GET", path, {}, 404, "decision.not_found");
    }
  });

  it("are exported whole beyond one page", async () => {
    const id = await openedDecision({ shards: 2 });
    for (const prefix of ["a", "b", "c"]) {
      await castBatch(id, votesOf(900, "yes", "north", prefix));
    }
    await close(id);
    await certified(id);
    const text = await textOf(await send("GET", `/api/v1/decisions/${id}/export`));
    const rows = text.split("\n").slice(0, -1);
    const published = await publishedRows(id, "votes");
    expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual(published);
    const record = await recordOf(id);
    expect(record).toHaveLength(2_700);
    expect(published.map(({ ballot_hash }) => ballot_hash)).toEqual(
      record.map(({ ballot_hash }) => ballot_hash).toSorted(byText),
    );
  });
});

describe("whoever sees ballot tokens on their way", () => {
  it("finds the pseudonyms of the ballots of a roll call in none of them", async () => {
    const id = await openedDecision();
    const tokens = await Promise.all(["ana", "bo", "ana"].map((voter) => tokenFor(id, voter)));
    const votes = ["yes", "no", "yes"] as const;
    for (const [index, token] of tokens.entries()) await cast(id, token, votes[index] ?? "yes");
    await close(id);
    await certified(id);
    const ballots = await recordOf(id);
    // The first of a voter's two tokens casts nothing.
    expect(ballots.map(({ choice }) => choice)).toEqual(["no", "yes"]);
    const claims = tokens.map((token) => atob(token.split(".")[1] ?? ""));
    expect(new Set(claims.map((text) => (JSON.parse(text) as { sub: string }).sub)).size).toBe(3);
    for (const { pid } of ballots) expect(claims.join("\n")).not.toContain(pid);
  });
});
