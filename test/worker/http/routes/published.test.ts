import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { isOutcomeSigned, type PublicSigningKey } from "../../../../src/auth/receipt-keys.ts";
import { canonicalJson } from "../../../../src/shared/canonical-json.ts";
import { framed } from "../../../../src/shared/framed.ts";
import { byText } from "../../../support/by-text.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf, type VoteItem } from "../../../support/worker/batches.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";
import {
  certified,
  publishedRows,
  type PublishedPageBody,
  type PublishedRow,
} from "../../../support/worker/published.ts";

const nonceOf = (name: string): string => createHash("sha256").update(name).digest("hex");
const withNonces = (votes: readonly VoteItem[]) =>
  votes.map((vote) => ({ ...vote, nonce: nonceOf(`${vote.voter_id} ${vote.vote}`) }));
const close = (id: string) => api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
const bytes = (hex = ""): Buffer => Buffer.from(hex, "hex");
const sha256 = (...parts: Uint8Array[]): Buffer =>
  createHash("sha256").update(Buffer.concat(parts)).digest();

/** The definition of RFC 9162, 2.1.1. */
function rootOf(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (only === undefined) return sha256();
  if (hashes.length === 1) return sha256(Uint8Array.of(0), only);
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(Uint8Array.of(1), rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

type Outcome = {
  tally: { total: { yes: { ballots: number; weight: string }; ballots: number } };
  publication: Record<"counted" | "others", { size: number; root: string; pages: number }> & {
    shown_cells: unknown;
  };
  signature: { key_id: string; signature: string };
};

async function outcomeOf(id: string): Promise<Outcome> {
  return (await api<Outcome>("GET", `/api/v1/decisions/${id}/outcome`)).body;
}

/** 24 voters of the north and three of the south; four changed their vote, and one took it back. */
async function published(disclosure: string) {
  const id = await openedDecision({ disclosure, revote_policy: "revisable", shards: 2 });
  const votes = withNonces([...votesOf(24, "yes", "north"), ...votesOf(3, "no", "south")]);
  const { body: first } = await castBatch(id, votes);
  const receipts = first.results.flatMap(({ receipt }) => receipt ?? []);
  const changes = withNonces(votes.slice(0, 4).map((vote) => ({ ...vote, vote: "abstain" })));
  const proven = changes.map((vote, index) => ({ ...vote, proof: receipts[index]?.r ?? "" }));
  const { body: second } = await castBatch(id, proven);
  expect(second).toMatchObject({ accepted: 4, refused: 0 });
  await close(id);
  await certified(id);
  const replaced = receipts.slice(0, 4).map(({ ballot_hash }) => ballot_hash);
  const newest = second.results.flatMap(({ receipt }) => receipt?.ballot_hash ?? []);
  const counted = [...receipts.slice(4).map(({ ballot_hash }) => ballot_hash), ...newest];
  return { id, counted: counted.toSorted(), replaced: replaced.toSorted(), receipts };
}

const hashesOf = (rows: readonly PublishedRow[]) => rows.map(({ ballot_hash }) => ballot_hash);

describe.each(["pseudonymous", "aggregate", "roll_call"])(
  "the publication of a %s decision",
  (disclosure) => {
    let made: Awaited<ReturnType<typeof published>>;
    let rows: PublishedRow[] = [];
    beforeAll(async () => {
      made = await published(disclosure);
      rows = await publishedRows(made.id, "votes");
    });

    it("has the hash of each receipt in one of two lists, ascending, whose roots are signed", async () => {
      const { id, counted, replaced } = made;
      const others = await publishedRows(id, "votes/others");
      expect(hashesOf(rows)).toEqual(counted);
      expect(others).toEqual(replaced.map((ballot_hash) => ({ ballot_hash })));
      const { publication, signature, ...outcome } = await outcomeOf(id);
      for (const [list, hashes] of [
        ["counted", counted],
        ["others", replaced],
      ] as const) {
        const root = rootOf(hashes.map(bytes)).toString("hex");
        expect(publication[list]).toEqual({ size: hashes.length, root, pages: 1 });
      }
      const { body: keys } = await api<{ keys: PublicSigningKey[] }>(
        "GET",
        "/.well-known/enviro-governance/keys",
      );
      const text = canonicalJson({ ...outcome, publication });
      expect(isOutcomeSigned(text, signature, keys.keys)).toBe(true);
      expect(isOutcomeSigned(text.replace("yes", "no"), signature, keys.keys)).toBe(false);
      expect(outcome.tally.total.ballots).toBe(counted.length);
    });

    it("is opened for auditors, who recount it by region and never see who voted when", async () => {
      const { id, counted, replaced } = made;
      const openings = await publishedRows(id, "audit/openings", adminKey);
      expect(hashesOf(openings)).toEqual([...counted, ...replaced].toSorted());
      for (const row of openings) {
        const { ballot_hash, choice, k, u, region, weight } = row;
        expect(Object.keys(row).toSorted()).toEqual([
          "ballot_hash",
          "choice",
          "k",
          "list",
          "region",
          "u",
          "weight",
        ]);
        const c = sha256(bytes(u ?? ""), framed(region ?? "?", BigInt(weight ?? 0)));
        const tag = "enviro-governance/ballot/1";
        const hash = sha256(framed(tag, id, choice ?? "?", bytes(k), c)).toString("hex");
        expect(hash).toBe(ballot_hash);
        expect(row.list).toBe(counted.includes(ballot_hash) ? "counted" : "others");
      }
      const path = `/api/v1/decisions/${id}/audit/openings`;
      await refused("GET", path, {}, 401, "credential.missing");
    });

    it("is exported whole, as NDJSON and as CSV", async () => {
      const { id, replaced } = made;
      const textOf = async (query: string) => {
        const answer = await send("GET", `/api/v1/decisions/${id}/export${query}`);
        expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
        return new TextDecoder().decode(await answer.arrayBuffer());
      };
      const lines = (await textOf("")).split("\n").slice(0, -1);
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
      const csv = parse<Record<string, string>>(await textOf("?format=csv"), { columns: true });
      const expected = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? "")])),
      );
      expect(csv).toEqual(expected);
      const others = await textOf("?format=csv&list=others");
      expect(others).toBe(["ballot_hash", ...replaced, ""].join("\r\n"));
    });

    it("never changes, so that anything on the way may keep it", async () => {
      for (const end of ["votes", "votes/others", "votes?page=1", "export", "export?format=csv"]) {
        const path = `/api/v1/decisions/${made.id}/${end}`;
        const first = await send("GET", path);
        await first.body?.cancel();
        expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
        const etag = first.headers.get("etag") ?? "";
        const again = await send("GET", path, { headers: { "if-none-match": etag } });
        expect([again.status, await again.text()]).toEqual([304, ""]);
      }
      const outcome = await send("GET", `/api/v1/decisions/${made.id}/outcome`);
      await outcome.body?.cancel();
      expect(outcome.headers.get("cache-control")).toBe("public, max-age=3600");
    });

    it("has no page beyond its last, and takes no other cursor", async () => {
      const base = `/api/v1/decisions/${made.id}`;
      await refused("GET", `${base}/votes?page=2`, {}, 404, "page.not_found");
      await refused("GET", `${base}/votes?page=0`, {}, 400, "query.invalid");
      await refused("GET", `${base}/votes?page=x`, {}, 400, "query.invalid");
    });
  },
);

describe("what is published of single ballots", () => {
  it("is region, weight and u only where enough voters share both, and the choice in any case", async () => {
    const { id } = await published("pseudonymous");
    const rows = await publishedRows(id, "votes");
    const names = ["ballot_hash", "c", "choice", "k", "region", "u", "weight"];
    for (const row of rows) expect(Object.keys(row).toSorted()).toEqual(names);
    // The three of the south are too few, and so is all that is not of them.
    expect(new Set(rows.map(({ region }) => region))).toEqual(new Set([null]));
    expect(rows.every(({ u, weight }) => u === null && weight === null)).toBe(true);
    const choices = Map.groupBy(rows, ({ choice }) => choice);
    expect(
      [...choices]
        .map(([choice, { length }]) => [choice, length] as const)
        .toSorted(([one], [other]) => byText(one ?? "", other ?? "")),
    ).toEqual([
      ["abstain", 4],
      ["no", 3],
      ["yes", 20],
    ]);
  });

  it("shows cells that are large enough, with what opens them", async () => {
    const id = await openedDecision({ disclosure: "pseudonymous" });
    const votes = withNonces([...votesOf(12, "yes", "north"), ...votesOf(11, "no", "south")]);
    await castBatch(id, votes);
    await close(id);
    await certified(id);
    const rows = await publishedRows(id, "votes");
    for (const { u, region, weight, c } of rows) {
      const opened = sha256(bytes(u ?? ""), framed(region ?? "?", BigInt(weight ?? 0)));
      expect(opened.toString("hex")).toBe(c);
    }
    const { publication } = await outcomeOf(id);
    expect(publication.shown_cells).toEqual([
      { region: "north", weight: 1, voters: 12 },
      { region: "south", weight: 1, voters: 11 },
    ]);
  });

  it("has of an aggregate decision no choice, and of a roll call name, statement and time", async () => {
    const aggregate = await published("aggregate");
    const hashes = await publishedRows(aggregate.id, "votes");
    for (const row of hashes) expect(Object.keys(row)).toEqual(["ballot_hash"]);
    const id = await openedDecision({ disclosure: "roll_call" });
    const [vote] = votesOf(1, "yes", "north");
    if (vote === undefined) throw new Error("a vote was made");
    await castBatch(id, [{ ...vote, name: "'Zoë, =1", statement: 'because\n"we" can' }]);
    await close(id);
    await certified(id);
    const [row] = await publishedRows(id, "votes");
    expect(row).toMatchObject({
      name: "'Zoë, =1",
      statement: 'because\n"we" can',
      region: "north",
      weight: 1,
      choice: "yes",
    });
    expect(Date.parse(row?.accepted_at ?? "")).toBeLessThanOrEqual(Date.now());
    const csv = await send("GET", `/api/v1/decisions/${id}/export?format=csv`);
    const text = new TextDecoder().decode(await csv.arrayBuffer());
    const [line] = parse<Record<string, string>>(text, { columns: true });
    expect(line?.["name"]?.replace(/^'/, "")).toBe("'Zoë, =1");
    expect(line?.["statement"]).toBe('because\n"we" can');
  });

  it("of a decision in which nobody voted is an empty page, with the head that CSV has", async () => {
    const id = await openedDecision({ disclosure: "pseudonymous" });
    await close(id);
    await certified(id);
    const { body } = await api<PublishedPageBody>("GET", `/api/v1/decisions/${id}/votes`);
    expect(body).toEqual({ page: 1, pages: 1, next: null, first: 1, size: 0, items: [] });
    const csv = await send("GET", `/api/v1/decisions/${id}/export?format=csv`);
    const text = new TextDecoder().decode(await csv.arrayBuffer());
    expect(text).toBe("ballot_hash,choice,k,c,region,weight,u\r\n");
    const { publication } = await outcomeOf(id);
    expect(publication.counted).toEqual({ size: 0, root: rootOf([]).toString("hex"), pages: 1 });
  });

  it("is nobody's to see before the certificate, whatever the key", async () => {
    const id = await openedDecision({ disclosure: "pseudonymous" });
    await castBatch(id, withNonces(votesOf(3, "yes", "north")));
    for (const end of ["votes", "votes/others", "export", "export?format=csv", "audit/openings"])
      await refused(
        "GET",
        `/api/v1/decisions/${id}/${end}`,
        { key: adminKey },
        409,
        "publication.not_ready",
      );
    await refused("GET", "/api/v1/decisions/nobody-decides/votes", {}, 404, "decision.not_found");
  });

  it("leaves no other way to single ballots outside roll calls, for auditors neither", async () => {
    const { id } = await published("aggregate");
    for (const end of ["votes/received", "audit/shards/0/ballots", "audit/database/0/ballots"])
      await refused(
        "GET",
        `/api/v1/decisions/${id}/${end}`,
        { key: adminKey },
        403,
        "votes.not_roll_call",
      );
    const { body } = await api<{ shards: object[] }>("GET", `/api/v1/decisions/${id}/audit`, {
      key: adminKey,
    });
    for (const shard of body.shards) expect(shard).not.toHaveProperty("total");
  });
});
