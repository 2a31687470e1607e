import { choices, type BallotChoice } from "../../../../src/ballot/ballot.ts";
import type { TallyView } from "../../../../src/results/result-json.ts";

type Counted = { region: string; choice: BallotChoice; weight: number };

/** What the platform would answer for these counted ballots, computed the plainest way. */
export function reportTally(ballots: readonly Counted[]): {
  total: TallyView;
  regions: (TallyView & { region: string })[];
} {
  const regions = [...new Set(ballots.map((ballot) => ballot.region))];
  return {
    total: answer(ballots),
    regions: regions.map((region) => ({
      region,
      ...answer(ballots.filter((ballot) => ballot.region === region)),
    })),
  };
}

function answer(ballots: readonly Counted[]): TallyView {
  const [yes, no, abstain] = choices.map((choice) =>
    sum(ballots.filter((ballot) => ballot.choice === choice)),
  );
  if (yes === undefined || no === undefined || abstain === undefined)
    throw new Error("three choices");
  return { yes, no, abstain, ...sum(ballots) };
}

function sum(ballots: readonly Counted[]): { ballots: number; weight: string } {
  const weight = ballots.reduce((total, ballot) => total + BigInt(ballot.weight), 0n);
  return { ballots: ballots.length, weight: String(weight) };
}
