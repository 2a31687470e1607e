import type { BallotBody, TallyBody } from "./record.ts";

const choices = ["yes", "no", "abstain"] as const;

/**
 * Counts ballots as a stranger would, from the words of the contract alone and with none of the platform's code: of each pid the ballot
 * with the highest seq counts. Gives the whole under the key "" and each region under its code.
 */
export function recountBallots(ballots: readonly BallotBody[]): {
  total: TallyBody;
  regionOf(code: string): TallyBody;
} {
  const newest = new Map<string, BallotBody>();
  for (const ballot of ballots) {
    const known = newest.get(ballot.pid);
    if (known === undefined || ballot.seq > known.seq) newest.set(ballot.pid, ballot);
  }
  const counted = [...newest.values()];
  return {
    total: tallyOf(counted),
    regionOf: (code) => tallyOf(counted.filter((ballot) => ballot.region === code)),
  };
}

function tallyOf(ballots: readonly BallotBody[]): TallyBody {
  const count = (some: readonly BallotBody[]) => ({
    ballots: some.length,
    weight: String(some.reduce((sum, ballot) => sum + BigInt(ballot.weight), 0n)),
  });
  const [yes, no, abstain] = choices.map((choice) =>
    count(ballots.filter((ballot) => ballot.choice === choice)),
  );
  if (yes === undefined || no === undefined || abstain === undefined) throw new Error("no choices");
  return { yes, no, abstain, ...count(ballots) };
}
