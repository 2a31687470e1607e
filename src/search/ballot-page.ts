import { choices } from "../ballot/ballot.ts";
import { z } from "zod";
import type { BallotPage } from "./search.ts";

/** A page of a decision's counted ballots as it is published, of a disclosure that shows choices. */
export interface PageRows {
  decisionId: string;
  page: number;
  /** JSON texts with a line feed after each. */
  rows: string;
  /** When the decision closed, in ms. */
  closedAt: number;
}

const rowSchema = z.object({
  ballot_hash: z.string().regex(/^[0-9a-f]{64}$/),
  choice: z.enum(choices),
  region: z.string().nullable(),
  weight: z.int().nullable(),
  accepted_at: z.iso.datetime().optional(),
});

/** The ballots of a page; those that have a time of their own keep it. */
export function ballotPageOf({ decisionId, page, rows, closedAt }: PageRows): BallotPage {
  const parsed = z.array(rowSchema).parse(JSON.parse(`[${joined(rows)}]`));
  const ballots = parsed.map(({ ballot_hash: hash, choice, region, weight, accepted_at }) => ({
    hash,
    choice,
    region,
    weight,
    at: accepted_at === undefined ? closedAt : Date.parse(accepted_at),
  }));
  return { decisionId, page, ballots };
}

/** A line feed within a row is written as an escape. */
function joined(rows: string): string {
  return rows.trimEnd().replaceAll("\n", ",");
}
