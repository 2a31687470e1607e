import { choices, type Choice } from "../../ballot/ballot.ts";
import { invariant } from "../../shared/invariant.ts";
import { countBallot, type TallyCount } from "../count/tally-count.ts";
import type { FileElectorate } from "./electorate.ts";
import type { FileVote } from "./file-votes.ts";

/**
 * A packed vote is one small integer of 8 bytes in an array, so a full buffer is 2 MB. The UN file
 * needs 67,000 at most.
 */
export const bufferedVotesMax = 262_144;

/** Votes of one decision to be sent together. */
export type ReplayBatch = {
  rollCall: string;
  votes: { voter: number; choice: Choice }[];
  /**
   * The count of all the decision's rows, with its last batch; null while rows are still to come.
   */
  count: TallyCount | null;
  /** Rows that this batch accounts for: its votes, and repeated rows of a voter. */
  rows: number;
};

type Group = {
  rollCall: string;
  packed: number[];
  rowsLeft: number;
  rowsSinceBatch: number;
  /** One bit a voter: the first row of a voter counts, a second one is reported and not sent. */
  seen: Uint8Array;
  count: TallyCount;
};

/**
 * Gathers scattered rows by decision. A decision leaves when its last row has come, or, where that
 * would need more memory than `votesMax`, the fullest one leaves early with what it has. The count
 * of the file is made here, from the rows themselves, before anything is sent.
 */
export class GroupBuffer {
  readonly #groups = new Map<string, Group>();
  readonly #rowsOf: ReadonlyMap<string, number>;
  readonly #electorate: FileElectorate;
  readonly #votesMax: number;
  #buffered = 0;
  duplicateRows = 0;

  constructor(
    rowsOf: ReadonlyMap<string, number>,
    electorate: FileElectorate,
    votesMax: number = bufferedVotesMax,
  ) {
    this.#rowsOf = rowsOf;
    this.#electorate = electorate;
    this.#votesMax = votesMax;
  }

  get bufferedVotes(): number {
    return this.#buffered;
  }

  /** Takes one row; returns the batch that it completes or pushes out, if any. */
  add(vote: FileVote): ReplayBatch | null {
    const group = this.#groupOf(vote.rollCall);
    if (group === null) return null;
    invariant(group.rowsLeft > 0, `${vote.rollCall} has more rows than the first pass found`);
    group.rowsLeft -= 1;
    group.rowsSinceBatch += 1;
    this.#take(group, vote);

    if (group.rowsLeft === 0) {
      this.#groups.delete(group.rollCall);
      return this.#pack(group);
    }
    return this.#buffered >= this.#votesMax ? this.#pack(this.#fullest()) : null;
  }

  /** Null for a roll call that the first pass left out. */
  #groupOf(rollCall: string): Group | null {
    const known = this.#groups.get(rollCall);
    if (known !== undefined) return known;
    const rows = this.#rowsOf.get(rollCall);
    if (rows === undefined) return null;
    const group: Group = {
      rollCall,
      packed: [],
      rowsLeft: rows,
      rowsSinceBatch: 0,
      seen: new Uint8Array(Math.ceil(this.#electorate.voters.length / 8)),
      count: new Map(),
    };
    this.#groups.set(rollCall, group);
    return group;
  }

  #take(group: Group, vote: FileVote): void {
    const byte = vote.voter >> 3;
    const bit = 1 << (vote.voter & 7);
    const seen = group.seen[byte] ?? 0;
    if ((seen & bit) !== 0) {
      this.duplicateRows += 1;
      return;
    }
    group.seen[byte] = seen | bit;
    const voter = this.#electorate.voters[vote.voter];
    invariant(voter !== undefined, "a vote names a voter of the electorate");
    countBallot(group.count, { region: voter.region, choice: vote.choice, weight: 1 });
    group.packed.push(vote.voter * choices.length + choices.indexOf(vote.choice));
    this.#buffered += 1;
  }

  #pack(group: Group): ReplayBatch {
    const votes = group.packed.map((packed) => {
      const choice = choices[packed % choices.length];
      invariant(choice !== undefined, "a remainder of the number of choices names one");
      return { voter: Math.floor(packed / choices.length), choice };
    });
    const rows = group.rowsSinceBatch;
    this.#buffered -= votes.length;
    group.packed = [];
    group.rowsSinceBatch = 0;
    return {
      rollCall: group.rollCall,
      votes,
      rows,
      count: group.rowsLeft === 0 ? group.count : null,
    };
  }

  #fullest(): Group {
    let fullest: Group | null = null;
    for (const group of this.#groups.values())
      if (fullest === null || group.packed.length > fullest.packed.length) fullest = group;
    invariant(fullest !== null, "a full buffer holds a group");
    return fullest;
  }
}
