import type { RollEntry } from "../decision/roll.ts";
import { windowState } from "../decision/window.ts";
import { invariant } from "../shared/invariant.ts";
import { isSameText } from "../shared/same-text.ts";
import type { BallotOpener } from "./opening.ts";
import { receiptOf, type Receipt } from "./receipt.ts";
import { moveTally, type Tally } from "./tally.ts";
import {
  decideVote,
  type BallotNote,
  type CastRequest,
  type VoteRefusal,
  type VoterBallot,
  type VoterRecord,
} from "./voter.ts";
import { isHomeOf, type VotingTerms } from "./voting-terms.ts";

/**
 * What a shard is before and after a batch: the last seq given, and the tally of its counted
 * ballots.
 */
export type ShardState = { seq: number; tally: Tally };

export type CastOutcome =
  | { kind: "accepted"; receipt: Receipt }
  | { kind: "repeated"; receipt: Receipt }
  | { kind: "refused"; code: VoteRefusal };

/** What one transition of a shard is made of. */
export interface CastInput {
  terms: VotingTerms;
  state: ShardState;
  /** The record of every voter named in `requests` who has voted before. */
  records: ReadonlyMap<string, VoterRecord>;
  /** The entry of every such voter who is on the roll; null in an open electorate. */
  roll: ReadonlyMap<string, RollEntry> | null;
  /** The newest serial of every such voter whose tokens were issued anew or revoked. */
  serials: ReadonlyMap<string, number>;
  requests: readonly CastRequest[];
  /** The shard's clock, in ms. */
  now: number;
  isSealed: boolean;
  /** Whether it has stopped taking votes until it is decided if its window goes on. */
  isPaused: boolean;
  /** Whether voting ended so long ago that no ballot token is good any more. */
  areTokensOver: boolean;
  ballotsAVoterMax: number;
  opener: BallotOpener;
}

/** What a batch of requests changes, and what each is answered. */
export type CastTransition = {
  /** One outcome a request, in request order. */
  outcomes: CastOutcome[];
  /** The new ballots in seq order: what the log gains. */
  ballots: VoterBallot[];
  /** By the seq of a new ballot, the counted ballot of its voter that it replaces. */
  replaced: ReadonlyMap<number, VoterBallot>;
  /** By the seq of a new ballot, what is published beside it; only in roll calls. */
  notes: ReadonlyMap<number, BallotNote>;
  /** The records of the voters who gained a ballot. */
  voters: Map<string, VoterRecord>;
  state: ShardState;
};

/**
 * The one transition of a shard: requests in, outcomes and the changed state out. Nothing is
 * written here and nothing passed in is changed, so the caller applies the result in one
 * transaction or not at all. Repeats are answered also outside the window: the ballot that they ask
 * for was accepted inside it.
 */
export function castMany({
  terms,
  state,
  records,
  roll,
  serials,
  requests,
  now,
  isSealed,
  isPaused,
  areTokensOver,
  ballotsAVoterMax,
  opener,
}: CastInput): CastTransition {
  const voters = new Map<string, VoterRecord>();
  const ballots: VoterBallot[] = [];
  const replaced = new Map<number, VoterBallot>();
  const notes = new Map<number, BallotNote>();
  const moment = isSealed || isPaused ? "after" : windowState(terms, now);
  const mayGoOn = !isSealed && terms.lastMinutesAt !== null;
  const policy = {
    revotePolicy: terms.revotePolicy,
    ballotsMax: ballotsAVoterMax,
    isProof: (proof: string, ballot: VoterBallot) => isSameText(proof, opener.rOf(ballot)),
    newestSerialOf: (pid: string) => serials.get(pid) ?? 1,
  };
  // Outside roll calls a ballot has no time of its own: it would be joined to whoever came then.
  const acceptedAt = terms.disclosure === "roll_call" ? now : terms.opensAt;

  const castOne = (request: CastRequest): Decided => {
    if (areTokensOver && request.serial !== null) return { kind: "refused", code: "token.expired" };
    const record = voters.get(request.pid) ?? records.get(request.pid) ?? [];
    const verdict = decideVote(record, request, policy);
    if (verdict.kind === "repeat") {
      return { kind: "repeated", ballot: verdict.of };
    }
    // Where there is a roll it alone says region and weight, whatever a token or a station says.
    const entry = roll === null ? request : roll.get(request.pid);
    const refused = windowRefusal(moment, mayGoOn) ?? contentRefusal(request, entry, terms);
    if (refused !== null) return { kind: "refused", code: refused };
    invariant(entry !== undefined, "a voter without an entry was refused");
    if (verdict.kind === "refused") return verdict;
    const ballot: VoterBallot = {
      seq: state.seq + ballots.length + 1,
      pid: request.pid,
      choice: request.choice,
      region: entry.region,
      weight: entry.weight,
      acceptedAt,
      nonce: request.nonce,
    };
    const counted = record.at(-1);
    if (counted !== undefined) replaced.set(ballot.seq, counted);
    ballots.push(ballot);
    voters.set(request.pid, [...record, ballot]);
    const note = noteOf(request.note, roll === null ? undefined : roll.get(request.pid)?.name);
    if (note !== null) notes.set(ballot.seq, note);
    return { kind: "accepted", ballot };
  };

  const outcomes = withReceipts(requests.map(castOne), terms.decisionId, opener);
  const seq = state.seq + ballots.length;
  return {
    outcomes,
    ballots,
    replaced,
    notes,
    voters,
    state: { seq, tally: moveTally(state.tally, ballots, [...replaced.values()]) },
  };
}

/** What a request comes to, before its receipt is made. */
type Decided =
  | { kind: "accepted" | "repeated"; ballot: VoterBallot }
  | Extract<CastOutcome, { kind: "refused" }>;

/** All receipts are made at once, which is cheaper. */
function withReceipts(
  decided: readonly Decided[],
  decisionId: string,
  opener: BallotOpener,
): CastOutcome[] {
  const ballots: VoterBallot[] = [];
  for (const each of decided) if (each.kind !== "refused") ballots.push(each.ballot);
  const openings = opener.openAll(ballots).values();
  return decided.map((each): CastOutcome => {
    if (each.kind === "refused") return each;
    const { value: opening } = openings.next();
    invariant(opening !== undefined, "every ballot has an opening");
    return { kind: each.kind, receipt: receiptOf(decisionId, opening) };
  });
}

/** What is published beside the ballot: a name on the roll stands before any other. */
function noteOf(note: BallotNote | null, name: string | undefined): BallotNote | null {
  return name === undefined ? note : { name, statement: note?.statement ?? null };
}

/** `mayGoOn`: after its end the window may still be extended. */
function windowRefusal(moment: "before" | "open" | "after", mayGoOn: boolean): VoteRefusal | null {
  if (moment === "open") return null;
  if (moment === "before") return "decision.not_open";
  return mayGoOn ? "decision.extension_pending" : "decision.closed";
}

function contentRefusal(
  { pid }: CastRequest,
  entry: RollEntry | undefined,
  { regions, weightMax, ...terms }: VotingTerms,
): VoteRefusal | null {
  if (!isHomeOf(terms, pid)) return "vote.wrong_shard";
  if (entry === undefined) return "vote.not_on_roll";
  // An import took only regions that the decision has, and a roll's weights have no other bound
  // than a ballot's.
  if (terms.roll !== null) return null;
  const isRegionKnown = regions.size === 0 ? entry.region === "" : regions.has(entry.region);
  if (!isRegionKnown) return "vote.unknown_region";
  return entry.weight > weightMax ? "vote.weight_too_large" : null;
}
