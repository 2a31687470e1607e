/**
 * The key that turns voter_ids into pids, and its generation: it is made anew with each import of a
 * roll and at the opening of an open electorate, so what was learnt of pids before says nothing.
 */
export interface VoterKey {
  /** 32 random bytes. */
  decisionKey: Uint8Array;
  generation: number;
}

/**
 * The keys of a decision, made at random and of nothing else, so that they can be destroyed.
 * `openingKey` (32 bytes in hexadecimal digits) opens its ballots.
 */
export interface DecisionKeys extends VoterKey {
  openingKey: string;
}
