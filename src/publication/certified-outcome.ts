import type { Disclosure } from "../decision/decision.ts";
import { canonicalJson } from "../shared/canonical-json.ts";
import type { CountedCell, ShownCells } from "../results/shown-cells.ts";
import { MerkleTree } from "./merkle-tree.ts";
import { summarizeList, type ListSummary, type PublicationState } from "./publication-builder.ts";

/** What a certified outcome says of its publication. */
export interface PublicationView {
  /** Counted ballots, and every other hash. */
  counted: ListSummary;
  others: ListSummary;
  /** The Merkle root of the counted rows as bytes: of roll calls, else null. */
  rows_root: string | null;
  /** Voters whose newest ballot took their vote back: with the counted, all who have voted. */
  standing_withdrawals: number;
  /** Regions and weights that stand beside a counted ballot; null where all or none do. */
  shown_cells: readonly CountedCell[] | null;
}

/** What is certified: an outcome, and what was published with it. */
export interface Certification {
  outcome: object;
  /** The deployment that signs. */
  issuer: string;
  disclosure: Disclosure;
  state: PublicationState;
  cells: ShownCells;
  standingWithdrawals: number;
  /** Signs canonical JSON (RFC 8785). */
  sign: (canonical: string) => object;
}

/**
 * The JSON text of a certified outcome. Its signature is over the canonical JSON of all the rest, so
 * that it binds the figures to the roots of what was published.
 */
export function certifiedOutcome(certification: Certification): string {
  const { issuer, disclosure, state, cells, standingWithdrawals, sign } = certification;
  const publication: PublicationView = {
    counted: summarizeList(state, "counted"),
    others: summarizeList(state, "others"),
    rows_root: disclosure === "roll_call" ? new MerkleTree(state.rows).root : null,
    standing_withdrawals: standingWithdrawals,
    shown_cells: disclosure === "pseudonymous" ? cells.cells : null,
  };
  const outcome = { ...certification.outcome, issuer, publication };
  return JSON.stringify({ ...outcome, signature: sign(canonicalJson(outcome)) });
}
