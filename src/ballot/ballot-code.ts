import { invariant } from "../shared/invariant.ts";
import { ballotChoices, type Ballot, type BallotChoice } from "./ballot.ts";

/**
 * A ballot without its seq, as stored and sent: the choice as its index in `ballotChoices`, the
 * time in ms since 1970.
 */
export type BallotCode = [
  pid: string,
  choice: number,
  region: string,
  weight: number,
  acceptedAt: number,
];

export function encodeBallot(ballot: Ballot): BallotCode {
  const { pid, choice, region, weight, acceptedAt } = ballot;
  return [pid, ballotChoices.indexOf(choice), region, weight, acceptedAt];
}

/** @param code what may follow a ballot's own members is left alone */
export function decodeBallot(seq: number, code: [...BallotCode, ...unknown[]]): Ballot {
  const [pid, choice, region, weight, acceptedAt] = code;
  return { seq, pid, choice: decodeChoice(choice), region, weight, acceptedAt };
}

export function decodeChoice(code: number): BallotChoice {
  const choice = ballotChoices[code];
  invariant(choice !== undefined, `no choice has the code ${code}`);
  return choice;
}
