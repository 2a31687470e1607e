import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { receiptKeys } from "../../../../src/auth/receipt-keys.ts";
import { ballotOpener } from "../../../../src/ballot/opening.ts";
import type { OutcomeAnswer } from "../../../../src/cli/api/answers.ts";
import { totalBallots } from "../../../../src/cli/count/tally-count.ts";
import { describeDifference } from "../../../../src/cli/verify/difference.ts";
import { ReceiptCheck } from "../../../../src/cli/verify/receipt-check.ts";
import { verifyPublication } from "../../../../src/cli/verify/verify-publication.ts";
import type { Client } from "../../../../src/client/client.ts";
import type { Disclosure } from "../../../../src/decision/decision.ts";
import { certifiedOutcome } from "../../../../src/publication/certified-outcome.ts";
import {
  emptyPublicationState,
  PublicationBuilder,
  type PublicationList,
} from "../../../../src/publication/publication-builder.ts";

const keys = receiptKeys(`one:${"A".repeat(43)}`);
const opener = ballotOpener({ decisionId: "d", openingKey: "4f".repeat(32) });
const digits = (text: string): string => createHash("sha256").update(text).digest("hex");

const ballots = Array.from({ length: 30 }, (_, index) => {
  const choice = index % 3 === 0 ? "no" : "yes";
  const cell = { choice, region: index < 20 ? "north" : "south", weight: 2 } as const;
  const nonce = digits(`nonce ${index}`);
  const { k, c, u, hash } = opener.open({ pid: `pid ${index}`, nonce, ...cell });
  const note = { name: null, statement: null, acceptedAt: 1 };
  return { hash, k, c, u, isCounted: index % 10 !== 0, ...cell, ...note };
});
const countedYes = ballots.filter((one) => one.isCounted && one.choice === "yes").length;
const countedNo = ballots.filter((one) => one.isCounted && one.choice === "no").length;

type Rows = Record<PublicationList, Record<string, unknown>[]>;
let rows: Rows;
let outcome: OutcomeAnswer;

/** What an instance has published, in pages of some rows, as its client reads it. */
function publish(disclosure: Disclosure, standingWithdrawals = 0): void {
  const builder = new PublicationBuilder({
    disclosure,
    isCellShown: (region) => region === "north",
    state: emptyPublicationState,
    lastRows: () => "",
    pageCharactersMax: 1_000_000,
  });
  builder.add(ballots);
  const rowsOf = (list: PublicationList) =>
    builder
      .takePages(list)
      .flatMap((page) => page.rows.split("\n").slice(0, -1))
      .map((row) => JSON.parse(row) as Record<string, unknown>);
  rows = {
    counted: rowsOf("counted"),
    others: rowsOf("others"),
    openings: rowsOf("openings"),
  };
  const count = (of: number) => ({ ballots: of, weight: String(2 * of) });
  const total = { yes: count(countedYes), no: count(countedNo), abstain: count(0) };
  const text = certifiedOutcome({
    outcome: { decision_id: "d", version: 9, tally: { total, regions: [] } },
    disclosure,
    state: builder.state,
    cells: { cells: [], regions: [] },
    standingWithdrawals,
    sign: keys.signOutcome,
  });
  outcome = JSON.parse(text) as OutcomeAnswer;
}

function fakeClient(): Client {
  const ends: Record<string, PublicationList> = {
    votes: "counted",
    others: "others",
    openings: "openings",
  };
  const call = async (name: string, ask: { query?: { page: number } }) => {
    if (name.includes("well-known")) return { keys: keys.publicKeys };
    const list = ends[name.split("/").at(-1) ?? ""];
    if (list === undefined) throw new Error(`nobody asks for ${name}`);
    const page = ask.query?.page ?? 1;
    const items = rows[list].slice((page - 1) * 7, page * 7);
    return { page, next: page * 7 < rows[list].length ? page + 1 : null, items };
  };
  return { call } as unknown as Client;
}

async function verify(acknowledged: readonly string[] = []) {
  const receipts = new ReceiptCheck(new Set(acknowledged));
  const work = { client: fakeClient(), decision: "d", outcome, receipts };
  const { differences, ...report } = await verifyPublication(work);
  const found = [...differences, ...receipts.end("d")].map(describeDifference);
  return { ...report, found };
}

function change(list: PublicationList, at: number, members: Record<string, unknown>): void {
  rows[list] = rows[list].map((row, index) => (index === at ? { ...row, ...members } : row));
}

describe.each(["pseudonymous", "aggregate", "roll_call"] as const)(
  "the publication of a %s decision",
  (disclosure) => {
    beforeEach(() => publish(disclosure));

    it("is verified and recounted by region where all is as it was signed", async () => {
      const { recount, ballots: seen, found } = await verify(ballots.map(({ hash }) => hash));
      expect(found).toEqual([]);
      expect(seen).toBe(30);
      const [north, south] = [recount.get("north"), recount.get("south")];
      if (north === undefined || south === undefined) throw new Error("both regions voted");
      expect(totalBallots(north) + totalBallots(south)).toBe(27);
      expect(north.yes.ballots + south.yes.ballots).toBe(countedYes);
      expect(north.yes.weight + south.yes.weight).toBe(BigInt(2 * countedYes));
    });

    it("is wrong where a ballot was taken out, put in, moved to the other list or made another", async () => {
      const { counted } = rows;
      rows.counted = counted.slice(1);
      expect((await verify()).found.join()).toContain("counted, root");
      rows.counted = [...counted, { ...counted.at(-1), ballot_hash: "f".repeat(64) }];
      expect((await verify()).found.join()).toContain("counted, size");
      rows.counted = counted.toReversed();
      expect((await verify()).found.join()).toContain("counted, order");
      rows.counted = counted;
      change("openings", 3, {
        list: rows.openings[3]?.["list"] === "counted" ? "others" : "counted",
      });
      expect((await verify()).found.join()).toContain("openings of others, root");
    });

    it("is wrong where what opens a ballot says another region, weight or choice", async () => {
      for (const members of [{ region: "east" }, { weight: 3 }, { choice: "abstain" }]) {
        publish(disclosure);
        change("openings", 5, members);
        expect((await verify()).found.join()).toContain("publication, ballot ");
      }
    });

    it("is wrong where the outcome was not signed as it stands", async () => {
      outcome = { ...outcome, decision_id: "e" };
      expect((await verify()).found).toEqual([
        "wrong: d, publication, signature of the outcome: expected by a published key, found not so",
      ]);
      const { signature: _, ...unsigned } = outcome;
      outcome = { ...unsigned, decision_id: "d" };
      expect((await verify()).found).toHaveLength(1);
    });

    it("is wrong where more withdrawals stand than there are", async () => {
      publish(disclosure, 1);
      expect((await verify()).found).toEqual([
        "wrong: d, publication, standing withdrawals: expected at most 0, found at most 1",
      ]);
    });

    it("proves the loss of an acknowledged ballot that is in neither list", async () => {
      const lost = "ab".repeat(32);
      expect((await verify([lost])).found).toEqual([
        `wrong: d, receipts, ballot ${lost}: expected the acknowledged ballot, found no such ballot`,
      ]);
    });
  },
);

describe("the published choices of a pseudonymous decision", () => {
  beforeEach(() => publish("pseudonymous"));

  it("are held against their hashes and against the totals", async () => {
    const choice = rows.counted[0]?.["choice"] === "yes" ? "no" : "yes";
    change("counted", 0, { choice });
    const { found } = await verify();
    expect(found.join("\n")).toContain("publication, counted, yes");
    expect(found.join("\n")).toContain("publication, counted, no");
    expect(found.join("\n")).toContain("publication, ballot ");
  });

  it("are held against the region that opens them", async () => {
    const at = rows.counted.findIndex(({ region }) => region === "north");
    change("counted", at, { region: "south" });
    expect((await verify()).found.join()).toContain("publication, C of ballot");
  });
});
