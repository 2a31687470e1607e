/**
 * The three things a voter can say. Their order is the code of the record formats and never
 * changes.
 */
export const choices = ["yes", "no", "abstain"] as const;
export type Choice = (typeof choices)[number];

/**
 * What a ballot of the record says: a choice, or that its voter takes back what was said before.
 * Coded in this order too.
 */
export const ballotChoices = [...choices, "withdrawn"] as const;
export type BallotChoice = (typeof ballotChoices)[number];

/**
 * One accepted vote, or its withdrawal: the unit of the record. `region` is empty where the
 * decision has none; `acceptedAt` is the shard's clock in ms.
 */
export type Ballot = {
  seq: number;
  pid: string;
  choice: BallotChoice;
  region: string;
  weight: number;
  acceptedAt: number;
};

/** A ballot with the hash that its voter's receipt names. */
export type HashedBallot = Ballot & { hash: string };
