import { createHash } from "node:crypto";
import { z } from "zod";
import { isOutcomeSigned } from "../../auth/receipt-keys.ts";
import { choices, ballotChoices } from "../../ballot/ballot.ts";
import type { Client } from "../../client/client.ts";
import { pagesOf } from "../../client/pages.ts";
import { canonicalJson } from "../../decision/manifest.ts";
import { framed } from "../../shared/framed.ts";
import type { OutcomeAnswer } from "../api/answers.ts";
import { countBallot, type TallyCount } from "../count/tally-count.ts";
import type { Difference } from "./difference.ts";
import { MerkleRoot } from "./merkle-root.ts";
import type { ReceiptCheck } from "./receipt-check.ts";

/** What is verified: a certified decision by what it has published. */
export interface PublicationWork {
  client: Client;
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

const rowSchema = z.looseObject({
  ballot_hash: z.string(),
  list: z.enum(["counted", "others"]).optional(),
  choice: z.enum(ballotChoices).optional(),
  k: z.string().optional(),
  c: z.string().optional(),
  region: z.string().nullish(),
  weight: z.int().nullish(),
  u: z.string().nullish(),
});
type Row = z.infer<typeof rowSchema>;
const pageSchema = z.object({ next: z.int().nullable(), items: z.array(rowSchema) });

const lists = {
  counted: "GET /api/v1/decisions/{decisionId}/votes",
  others: "GET /api/v1/decisions/{decisionId}/votes/others",
  openings: "GET /api/v1/decisions/{decisionId}/audit/openings",
} as const;

/**
 * Verifies the publication of a certified decision: the outcome's signature, order, number and root
 * of both lists, each hash as far as its row opens it, and by the auditors' openings all of them.
 */
export async function verifyPublication(work: PublicationWork): Promise<PublicationReport> {
  const { client, decision, outcome, receipts } = work;
  const faults = new Faults(decision);
  await checkSignature(client, outcome, faults);
  const byChoice = new Map<string, number>();
  for (const list of ["counted", "others"] as const) {
    const root = new MerkleRoot();
    for await (const row of rowsOf(work, list, faults)) {
      root.add(row.ballot_hash);
      receipts.pass(row.ballot_hash);
      checkOpening(decision, row, faults);
      if (row.choice !== undefined) byChoice.set(row.choice, (byChoice.get(row.choice) ?? 0) + 1);
    }
    const { size, root: expected } = outcome.publication?.[list] ?? { size: 0, root: "none" };
    faults.compare(`${list}, size`, String(size), String(root.size));
    faults.compare(`${list}, root`, expected, root.hex);
  }
  if (byChoice.size > 0) {
    for (const choice of choices)
      faults.compare(
        `counted, ${choice}`,
        String(outcome.tally.total[choice].ballots),
        String(byChoice.get(choice) ?? 0),
      );
  }
  const { recount, ballots } = await recountOpenings(work, faults);
  return { recount, ballots, differences: faults.found };
}

/** Every hash of both lists is opened, and the counted ones are counted by region and weight. */
async function recountOpenings(work: PublicationWork, faults: Faults) {
  const { decision, outcome } = work;
  const recount: TallyCount = new Map();
  const roots = { counted: new MerkleRoot(), others: new MerkleRoot() };
  let withdrawals = 0;
  for await (const row of rowsOf(work, "openings", faults)) {
    const { ballot_hash, list = "others", choice, region, weight } = row;
    roots[list].add(ballot_hash);
    checkOpening(decision, row, faults);
    if (list === "others" && choice === "withdrawn") withdrawals += 1;
    if (list === "others" || choice === undefined) continue;
    if (choice === "withdrawn") faults.compare(`ballot ${ballot_hash}`, "a choice", choice);
    else countBallot(recount, { region: region ?? "", choice, weight: weight ?? 0 });
  }
  // Which of a voter's withdrawals stands is not published: there are as many, or fewer.
  const standing = outcome.publication?.standing_withdrawals ?? 0;
  const most = Math.min(standing, withdrawals);
  faults.compare("standing withdrawals", `at most ${most}`, `at most ${standing}`);
  for (const list of ["counted", "others"] as const) {
    const expected = outcome.publication?.[list].root ?? "none";
    faults.compare(`openings of ${list}, root`, expected, roots[list].hex);
  }
  return { recount, ballots: roots.counted.size + roots.others.size };
}

async function checkSignature(
  client: Client,
  { signature, ...outcome }: OutcomeAnswer,
  faults: Faults,
): Promise<void> {
  const { keys } = await client.call("GET /.well-known/enviro-governance/keys", {});
  const isSigned =
    signature !== undefined && isOutcomeSigned(canonicalJson(outcome), signature, keys);
  faults.compare(
    "signature of the outcome",
    "by a published key",
    isSigned ? "by a published key" : "not so",
  );
}

/** The rows of a list, each above the one before. */
async function* rowsOf(
  { client, decision }: PublicationWork,
  list: keyof typeof lists,
  faults: Faults,
): AsyncGenerator<Row> {
  const path = { decisionId: decision };
  const pages = pagesOf(async (page: number | undefined) =>
    pageSchema.parse(await client.call(lists[list], { path, query: { page: page ?? 1 } })),
  );
  let last = "";
  for await (const { items } of pages) {
    for (const row of items) {
      if (row.ballot_hash <= last)
        faults.compare(`${list}, order`, `a hash above ${last}`, row.ballot_hash);
      last = row.ballot_hash;
      yield row;
    }
  }
}

/** Computes a hash again from what its row says, and C where the row opens it. */
function checkOpening(decision: string, row: Row, faults: Faults): void {
  const { ballot_hash, choice, k, region, weight, u } = row;
  const isOpened = u != null && region != null && weight != null;
  const opened = isOpened
    ? sha256(Buffer.from(u, "hex"), framed(region, BigInt(weight))).toString("hex")
    : null;
  const c = row.c ?? opened;
  if (opened !== null && c !== opened)
    faults.compare(`C of ballot ${ballot_hash}`, opened, c ?? "none");
  if (choice === undefined || k === undefined || c === null) return;
  const [kBytes, cBytes] = [Buffer.from(k, "hex"), Buffer.from(c, "hex")];
  const text = framed("enviro-governance/ballot/1", decision, choice, kBytes, cBytes);
  const hash = sha256(text).toString("hex");
  if (hash !== ballot_hash) faults.compare(`ballot ${ballot_hash}`, hash, ballot_hash);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

/** A publication can be wrong in every row: this many are listed. */
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
