import { readFileSync } from "node:fs";
import type { OpenableBallot, Opening } from "../../src/ballot/opening.ts";

/** The test vectors of docs/secrecy.md, computed by programs that share nothing with the product. */
export interface BallotVectors {
  decision_id: string;
  opening_key: string;
  ballots: (OpenableBallot & Opening)[];
  receipt: {
    ballot_hash: string;
    key_id: string;
    seed: string;
    public_key: string;
    signature: string;
  };
  /** Signed by the same key. */
  outcome: { text: string; signature: string };
}

export const ballotVectors = JSON.parse(
  readFileSync("test/data/ballot-vectors.json", "utf8"),
) as BallotVectors;
