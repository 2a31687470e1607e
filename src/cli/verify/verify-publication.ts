import { z } from "zod";
import { ballotChoices } from "../../ballot/ballot.ts";
import { ballotHash, openedCell } from "../../ballot/opening.ts";
import type { Client } from "../../client/client.ts";
import { pagesOf } from "../../client/pages.ts";
import type { VerificationFinding } from "../../verification/finding.ts";
import type { PublicationIndex } from "../../verification/publication-index.ts";
import type { PublicationSource } from "../../verification/publication-source.ts";
import { verifyPublished } from "../../verification/verify-published.ts";
import type { OutcomeAnswer } from "../api/answers.ts";
import { countBallot, type TallyCount } from "../count/tally-count.ts";
import type { Difference } from "./difference.ts";
import { describePlace } from "./public-words.ts";
import type { ReceiptCheck } from "./receipt-check.ts";

/** What is verified: a certified decision by what it has published. */
export interface PublicationWork {
  client: Client;
  source: PublicationSource;
  decision: string;
  outcome: OutcomeAnswer;
  receipts: ReceiptCheck;
}

/** What a publication comes to by what auditors are told of it. */
export interface PublicationReport {
  recount: TallyCount;
  ballots: number;
  differences: Difference[];
}

const rowSchema = z.object({
  ballot_hash: z.string(),
  list: z.enum(["counted", "others"]),
  choice: z.enum(ballotChoices),
  k: z.string(),
  region: z.string(),
  weight: z.int(),
  u: z.string(),
});
type OpeningRow = z.infer<typeof rowSchema>;
const pageSchema = z.object({ next: z.int().nullable(), items: z.array(rowSchema) });

/**
 * Verifies the publication of a certified decision as a stranger does, looks receipts up in it, and
 * opens every hash of both lists by what auditors are told.
 */
export async function verifyPublication(work: PublicationWork): Promise<PublicationReport> {
  const { source, decision, receipts } = work;
  const { report, index } = await verifyPublished(source, { decisionId: decision });
  receipts.passFound(
    (hash) => index.find("counted", hash) !== null || index.find("others", hash) !== null,
  );
  const faults = new Faults(decision);
  const opened = await recountOpenings(work, index, faults);
  const found = report.findings.map((finding) => differenceOf(decision, finding));
  return { ...opened, differences: [...found, ...faults.found] };
}

function differenceOf(decision: string, finding: VerificationFinding): Difference {
  const { code, expected, actual } = finding;
  const where = `${code}${describePlace(finding)}`;
  return { kind: "wrong", decision, layer: "publication", where, expected, actual };
}

/** Every hash of both lists is opened, and the counted ones are counted by region and weight. */
async function recountOpenings(work: PublicationWork, index: PublicationIndex, faults: Faults) {
  const { decision, outcome } = work;
  const recount: TallyCount = new Map();
  const opened = { counted: 0, others: 0 };
  let withdrawals = 0;
  for await (const row of openingsOf(work, faults)) {
    const { ballot_hash: hash, list, choice, region, weight } = row;
    const place = `opening of ballot ${hash}`;
    if (index.find(list, hash) === null)
      faults.compare(place, `in the list "${list}"`, "not there");
    else opened[list] += 1;
    checkOpening(decision, row, faults);
    if (list === "others" && choice === "withdrawn") withdrawals += 1;
    if (list === "others") continue;
    if (choice === "withdrawn") faults.compare(place, "a choice", choice);
    else countBallot(recount, { region, choice, weight });
  }
  // Which of a voter's withdrawals stands is not published: there are as many, or fewer.
  const standing = outcome.publication?.standing_withdrawals ?? 0;
  const most = Math.min(standing, withdrawals);
  faults.compare("standing withdrawals", `at most ${most}`, `at most ${standing}`);
  // Each opening above the one before and in its list: as many are all of them.
  for (const list of ["counted", "others"] as const)
    faults.compare(`openings of ${list}`, String(index[list].size), String(opened[list]));
  return { recount, ballots: opened.counted + opened.others };
}

/** What opens each hash, each above the one before. */
async function* openingsOf(
  { client, decision }: PublicationWork,
  faults: Faults,
): AsyncGenerator<OpeningRow> {
  const path = { decisionId: decision };
  const name = "GET /api/v1/decisions/{decisionId}/audit/openings";
  const pages = pagesOf(async (page: number | undefined) =>
    pageSchema.parse(await client.call(name, { path, query: { page: page ?? 1 } })),
  );
  let last = "";
  for await (const { items } of pages) {
    for (const row of items) {
      if (row.ballot_hash <= last)
        faults.compare("openings, order", `a hash above ${last}`, row.ballot_hash);
      last = row.ballot_hash;
      yield row;
    }
  }
}

/** Computes a hash again from what opens it. */
function checkOpening(decision: string, row: OpeningRow, faults: Faults): void {
  const { ballot_hash: hash, choice, k, region, weight, u } = row;
  const made = ballotHash(decision, { choice, k, c: openedCell(u, { region, weight }) });
  faults.compare(`opening of ballot ${hash}`, made, hash);
}

/** Openings can be wrong in every row: this many are listed. */
const faultsMax = 50;

class Faults {
  readonly found: Difference[] = [];
  readonly #decision: string;

  constructor(decision: string) {
    this.#decision = decision;
  }

  compare(where: string, expected: string, actual: string): void {
    if (expected === actual || this.found.length >= faultsMax) return;
    const [kind, layer, decision] = ["wrong", "publication", this.#decision] as const;
    this.found.push({ kind, decision, layer, where, expected, actual });
  }
}
