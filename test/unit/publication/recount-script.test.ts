import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { receiptKeys } from "../../../src/auth/receipt-keys.ts";
import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import { certifiedOutcome } from "../../../src/publication/certified-outcome.ts";
import {
  emptyPublicationState,
  PublicationBuilder,
  type PublicationList,
} from "../../../src/publication/publication-builder.ts";
import { openIndependently } from "../../support/independent-opening.ts";
import { labelNonce } from "../../support/label-nonce.ts";

const decisionId = "delta-2027";
const keys = receiptKeys(`k1:${"A".repeat(43)}`);
const choices = ["yes", "no", "abstain"] as const;
const regions = ['Größe, "x"', "North", "Small"];
const manifest = { decisionId, rule: { b: "z", a: 1 }, regions, smallCellsMin: 0 };
const manifestHash = createHash("sha256").update(canonicalJson(manifest)).digest("hex");
const votersOf = (region: string, weight: number, first: number) =>
  Array.from({ length: 12 }, (_, index) => ({ region, weight, number: first + index }));

/** Three cells of twelve voters, two of them shown; every fifth ballot was replaced. */
const ballots = [
  ...votersOf('Größe, "x"', 1, 0),
  ...votersOf("North", 1_000_000_000_000, 12),
  ...votersOf("Small", 7, 24),
].map(({ region, weight, number }) => {
  const choice = choices[number % 3] ?? "yes";
  const [pid, nonce] = [`${number}`.padStart(22, "p"), labelNonce(`voter ${number}`)];
  const keysOf = { decisionId, openingKey: "07".repeat(32) };
  const opening = openIndependently(keysOf, { pid, nonce, choice, region, weight });
  const said = { choice, region, weight, acceptedAt: 1_000, name: null, statement: null };
  return { ...opening, ...said, isCounted: number % 5 !== 0 };
});

/** What is served, by path: page texts and documents. */
const served = new Map<string, string>();
let server: Server;

function publish(isEveryCellShown: boolean): void {
  const builder = new PublicationBuilder({
    disclosure: "pseudonymous",
    isCellShown: (region) => isEveryCellShown || region !== "Small",
    state: emptyPublicationState,
    lastRows: () => "",
    pageCharactersMax: 2_000,
  });
  builder.add(ballots);
  const base = `/api/v1/decisions/${decisionId}`;
  const put = (list: PublicationList, path: string): void => {
    const pages = builder.takePages(list);
    for (const { page, rows } of pages) {
      const next = page < pages.length ? page + 1 : null;
      const items = rows.trimEnd().replaceAll("\n", ",");
      served.set(`${path}?page=${page}`, `{"page":${page},"next":${next},"items":[${items}]}`);
    }
  };
  put("counted", `${base}/votes`);
  put("others", `${base}/votes/others`);
  served.set("/.well-known/enviro-governance/keys", JSON.stringify({ keys: keys.publicKeys }));
  served.set(`${base}/manifest`, JSON.stringify(manifest));
  served.set(`${base}/outcome`, signOutcome(builder, regionsShown(isEveryCellShown)));
}

type Figures = Record<string, { ballots: number; weight: string }>;
interface SignedTally {
  total: Record<(typeof choices)[number], Figures[string]>;
  regions: ({ region: string } & Record<(typeof choices)[number], Figures[string]>)[];
}

/** Regions whose ballots are all hidden have no figures. */
function regionsShown(isEveryCellShown: boolean): string[] {
  return regions.filter((region) => isEveryCellShown || region !== "Small");
}

function figuresOf(region?: string): Figures {
  const some = ballots.filter((ballot) => region === undefined || ballot.region === region);
  return Object.fromEntries(
    choices.map((choice) => {
      const own = some.filter((ballot) => ballot.isCounted && ballot.choice === choice);
      const weight = own.reduce((sum, ballot) => sum + BigInt(ballot.weight), 0n);
      return [choice, { ballots: own.length, weight: String(weight) }];
    }),
  );
}

function signOutcome({ state }: PublicationBuilder, shown: readonly string[]): string {
  const figures = shown.map((region) => ({ region, ...figuresOf(region) }));
  const tally = { total: figuresOf(), regions: figures };
  return certifiedOutcome({
    issuer: "enviro-governance",
    outcome: {
      decision_id: decisionId,
      version: 9,
      age_ms: 0,
      manifest_hash: manifestHash,
      tally,
    },
    disclosure: "pseudonymous",
    state,
    cells: { cells: [], regions: [] },
    standingWithdrawals: 0,
    sign: (text) => keys.signOutcome(text),
  });
}

async function recount(): Promise<{ code: number; said: string; faults: string }> {
  const { port } = server.address() as AddressInfo;
  const args = ["docs/recount.mjs", `http://127.0.0.1:${port}`, decisionId];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, said, faults) => {
      resolve({ code: error === null ? 0 : Number(error.code), said, faults });
    });
  });
}

/** Serves something else in the place of what was published. */
function forge(end: string, change: (text: string) => string): void {
  const path = end.startsWith("/.") ? end : `/api/v1/decisions/${decisionId}/${end}`;
  const text = served.get(path) ?? "";
  const changed = change(text);
  expect(changed).not.toBe(text);
  served.set(path, changed);
}

beforeAll(async () => {
  server = createServer(({ url = "" }, answer) => {
    answer.end(served.get(url) ?? "{}");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});

afterAll(() => {
  server.close();
});

beforeEach(() => {
  publish(true);
});

describe("the script of docs/secrecy.md", () => {
  it("has 50 lines at most, and nothing of the product", () => {
    const text = readFileSync("docs/recount.mjs", "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(50);
    expect(text.match(/from "[^"]*"/g)).toEqual(['from "node:crypto"']);
  });

  it.each([true, false])("recounts what was published; all cells are shown: %s", async (isAll) => {
    publish(isAll);
    expect(served.has(`/api/v1/decisions/${decisionId}/votes?page=3`)).toBe(true);
    const counts = [undefined, ...regionsShown(isAll)].flatMap((region) =>
      Object.entries(figuresOf(region)).map(
        ([choice, { ballots: n }]) => `${choice} ${n} ${region ?? ""}\n`,
      ),
    );
    expect(await recount()).toEqual({ code: 0, said: counts.join(""), faults: "" });
  });

  it.each([
    ["a choice", "votes?page=1", (t: string) => t.replace('"yes"', '"no"'), /^wrong: ballot/],
    ["a K", "votes?page=1", (t: string) => t.replace('"k":"', '"k":"00'), /^wrong: ballot/],
    ["a region", "votes?page=1", (t: string) => t.replace("North", "South"), /^wrong: ballot/],
    ["a weight", "votes?page=1", (t: string) => t.replace('"weight":1,', '"weight":2,'), /ballot/],
    ["the order", "votes?page=2", () => '{"next":3,"items":[]}', /^wrong: counted/],
    ["a lost hash", "votes/others?page=1", () => '{"next":null,"items":[]}', /^wrong: others/],
    ["the manifest", "manifest", (t: string) => t.replace('"z"', '"y"'), /^wrong: manifest/],
    ["the totals", "outcome", (t: string) => t.replace('"ballots":', '"ballots":1'), /signature/],
    [
      "the key",
      "/.well-known/enviro-governance/keys",
      () => JSON.stringify({ keys: receiptKeys(`k1:${"B".repeat(42)}A`).publicKeys }),
      /^wrong: signature/,
    ],
  ] as const)("finds a change of %s", async (_, end, change, fault) => {
    forge(end, change);
    const { code, faults } = await recount();
    expect(code).toBe(1);
    expect(faults).toMatch(fault);
  });

  /** Signs an outcome that says something else of its tally. */
  const sign = (change: (tally: SignedTally) => SignedTally): void =>
    forge("outcome", (text) => {
      const {
        signature: _,
        tally,
        ...outcome
      } = JSON.parse(text) as { tally: SignedTally } & {
        signature: object;
      };
      const signed = { ...outcome, tally: change(tally) };
      return JSON.stringify({ ...signed, signature: keys.signOutcome(canonicalJson(signed)) });
    });
  const other = { ballots: { ballots: 1 }, weight: { weight: "1" } };

  it.each(["ballots", "weight"] as const)("finds signed totals of other %s", async (member) => {
    sign(({ total, ...tally }) => ({
      ...tally,
      total: { ...total, yes: { ...total.yes, ...other[member] } },
    }));
    expect(await recount()).toMatchObject({ code: 1, faults: "wrong: yes \n" });
  });

  it.each(["ballots", "weight"] as const)(
    "finds signed figures of a region of other %s, also beside a hidden one",
    async (member) => {
      publish(false);
      sign(({ total, regions: shown }) => ({
        total,
        regions: shown.map((one) =>
          one.region === "North" ? { ...one, no: { ...one.no, ...other[member] } } : one,
        ),
      }));
      expect(await recount()).toMatchObject({ code: 1, faults: "wrong: no North\n" });
    },
  );
});
