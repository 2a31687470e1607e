import { beforeEach, describe, expect, it } from "vitest";
import type { OutcomeAnswer } from "../../../../src/cli/api/answers.ts";
import { totalBallots } from "../../../../src/cli/count/tally-count.ts";
import { describeDifference } from "../../../../src/cli/verify/difference.ts";
import { ReceiptCheck } from "../../../../src/cli/verify/receipt-check.ts";
import { verifyPublication } from "../../../../src/cli/verify/verify-publication.ts";
import type { Client } from "../../../../src/client/client.ts";
import {
  certified,
  decoded,
  encoded,
  type Certified,
} from "../../../support/verification/certified.ts";
import { memorySource } from "../../../support/verification/memory-source.ts";

let publication: Certified;

/** Its openings, in pages of seven rows. */
function openingsClient(): Client {
  const call = async (name: string, ask: { query?: { page: number } }) => {
    if (!name.endsWith("/audit/openings")) throw new Error(`nobody asks for ${name}`);
    const page = ask.query?.page ?? 1;
    const { openings } = publication;
    const items = openings.slice((page - 1) * 7, page * 7);
    return { page, next: page * 7 < openings.length ? page + 1 : null, items };
  };
  return { call } as unknown as Client;
}

async function verify(acknowledged: readonly string[] = []) {
  const { parts, decisionId: decision } = publication;
  const receipts = new ReceiptCheck(new Set(acknowledged));
  const { differences, ...report } = await verifyPublication({
    client: openingsClient(),
    source: memorySource(parts),
    decision,
    outcome: JSON.parse(decoded(parts.outcome)) as OutcomeAnswer,
    receipts,
  });
  const found = [...differences, ...receipts.end(decision)].map(describeDifference);
  return { ...report, found };
}

function changeOpening(at: number, members: Record<string, unknown>): void {
  const openings = publication.openings.map((row, index) =>
    index === at ? { ...row, ...members } : row,
  );
  publication = { ...publication, openings };
}

function changeList(list: "counted" | "others", change: (rows: string[]) => string[]): void {
  const rows = change(decoded(publication.parts[list]).split("\n").slice(0, -1));
  const text = rows.map((row) => `${row}\n`).join("");
  publication = { ...publication, parts: { ...publication.parts, [list]: encoded(text) } };
}

describe.each(["pseudonymous", "aggregate", "roll_call"] as const)(
  "the publication of a %s decision",
  (disclosure) => {
    beforeEach(() => {
      publication = certified({ disclosure, weights: [2] });
    });

    it("is verified and recounted by region where all is as it was signed", async () => {
      const { ballots } = publication;
      const { recount, ballots: seen, found } = await verify(ballots.map(({ hash }) => hash));
      expect(found).toEqual([]);
      expect(seen).toBe(120);
      const counted = ballots.filter(({ isCounted }) => isCounted);
      for (const region of ["north", "south", 'Größe, "x"']) {
        const own = counted.filter((one) => one.region === region);
        const made = recount.get(region);
        if (made === undefined) throw new Error(`${region} has voted`);
        expect(totalBallots(made)).toBe(own.length);
        const yes = own.filter(({ choice }) => choice === "yes").length;
        expect(made.yes).toEqual({ ballots: yes, weight: BigInt(2 * yes) });
      }
    });

    it("is wrong where a ballot was taken out, put in or listed in another order", async () => {
      const whole = publication;
      changeList("counted", (rows) => rows.slice(1));
      expect((await verify()).found.join()).toContain("list.root, counted");
      publication = whole;
      changeList("others", (rows) => [...rows, `{"ballot_hash":"${"f".repeat(64)}"}`]);
      expect((await verify()).found.join()).toContain("list.size, others");
      publication = whole;
      changeList("counted", (rows) => rows.toReversed());
      expect((await verify()).found.join()).toContain("list.order, counted");
    });

    it("is wrong where an opening is missing, or names another list", async () => {
      const whole = publication;
      const list = whole.openings[3]?.["list"] === "counted" ? "others" : "counted";
      changeOpening(3, { list });
      expect((await verify()).found.join()).toContain(`in the list "${list}", found not there`);
      publication = { ...whole, openings: whole.openings.slice(1) };
      expect((await verify()).found.join()).toMatch(/openings of (counted|others): expected/);
      publication = { ...whole, openings: whole.openings.toReversed() };
      expect((await verify()).found.join()).toContain("openings, order");
    });

    it("is wrong where what opens a ballot says another region, weight or choice", async () => {
      for (const members of [{ region: "east" }, { weight: 3 }, { choice: "withdrawn" }]) {
        publication = certified({ disclosure, weights: [2] });
        changeOpening(5, members);
        expect((await verify()).found.join()).toContain("publication, opening of ballot ");
      }
    });

    it("is wrong where the outcome was not signed as it stands", async () => {
      const { parts } = publication;
      const outcome = encoded(decoded(parts.outcome).replace('"version":9', '"version":8'));
      publication = { ...publication, parts: { ...parts, outcome } };
      const { found } = await verify();
      expect(found).toHaveLength(1);
      expect(found[0]).toContain("publication, outcome.signature");
    });

    it("is wrong where more withdrawals stand than there are", async () => {
      publication = certified({ disclosure, standingWithdrawals: 1 });
      expect((await verify()).found).toEqual([
        "wrong: delta-2027, publication, standing withdrawals: expected at most 0, found at most 1",
      ]);
    });

    it("proves the loss of an acknowledged ballot that is in neither list", async () => {
      const lost = "ab".repeat(32);
      expect((await verify([lost])).found).toEqual([
        `wrong: delta-2027, receipts, ballot ${lost}: expected the acknowledged ballot, found no such ballot`,
      ]);
    });
  },
);

describe("the published choices of a pseudonymous decision", () => {
  beforeEach(() => {
    publication = certified({ disclosure: "pseudonymous" });
  });

  it("are held against their hashes and against the totals", async () => {
    changeList("counted", ([first = "", ...rows]) => [
      first.includes('"yes"')
        ? first.replace('"yes"', '"no"')
        : first.replace(/"(no|abstain)"/, '"yes"'),
      ...rows,
    ]);
    const { found } = await verify();
    expect(found.join("\n")).toContain("publication, tally.total, tally.total.yes");
    expect(found.join("\n")).toContain("publication, ballot.hash, counted, row 1");
  });

  it("are held against the region that opens them", async () => {
    changeList("counted", (rows) => {
      const at = rows.findIndex((row) => row.includes('"north"'));
      return rows.map((row, index) => (index === at ? row.replace('"north"', '"south"') : row));
    });
    expect((await verify()).found.join()).toContain("publication, ballot.cell");
  });
});
