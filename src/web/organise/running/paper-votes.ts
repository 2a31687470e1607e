import { randomNonce } from "../../../client/draw-nonce.ts";
import type { Ask } from "../../../client/routes.ts";

/** A vote as a station sends it. */
export type PaperVote =
  Ask<"POST /api/v1/decisions/{decisionId}/votes/batch">["body"]["votes"][number];

/** Votes that a text names, and the lines of it that are none. */
export interface PaperVotes {
  votes: PaperVote[];
  faults: number[];
}

const choices = ["yes", "no", "abstain"] as const;

/**
 * Reads a vote on each line: the voter, a comma, semicolon or tab, and yes, no or abstain; then, where
 * there is no roll, region and weight. Each gets a nonce here, so that a repeat never counts again.
 */
export function readPaperVotes(text: string): PaperVotes {
  const read: PaperVotes = { votes: [], faults: [] };
  for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") continue;
    const [voterId = "", word = "", region = "", weight = ""] = line
      .split(/[,;\t]/)
      .map((field) => field.trim());
    const vote = choices.find((choice) => choice === word.toLowerCase());
    const isWeight = weight === "" || /^[1-9]\d{0,12}$/.test(weight);
    if (voterId === "" || vote === undefined || !isWeight) {
      read.faults.push(at + 1);
      continue;
    }
    read.votes.push({
      voter_id: voterId,
      vote,
      nonce: randomNonce(),
      ...(region === "" ? {} : { region }),
      ...(weight === "" ? {} : { weight: Number(weight) }),
    });
  }
  return read;
}
