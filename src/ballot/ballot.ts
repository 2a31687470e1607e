/** The three things a voter can say. Their order is the code of the record formats and never changes. */
export const choices = ["yes", "no", "abstain"] as const;
export type Choice = (typeof choices)[number];

/** One accepted vote: the unit of the record. `region` is empty where the decision has none; `acceptedAt` is the shard's clock in ms. */
export type Ballot = {
  seq: number;
  pid: string;
  choice: Choice;
  region: string;
  weight: number;
  acceptedAt: number;
};
