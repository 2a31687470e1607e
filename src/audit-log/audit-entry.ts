import type { KeyRole } from "../auth/api-key.ts";
import { canonicalJson } from "../decision/manifest.ts";

/** Who does an administrative act: an API key by its id, never by its secret, and whose key it is where that matters. */
export type Actor = { role: KeyRole; keyId: string; owner: string | null };

export const actNames = [
  "decision.created",
  "decision.amended",
  "decision.opened",
  "decision.closed",
  "decision.cancelled",
  "decision.rebuilt",
  "roll.imported",
  "tokens.issued",
  "key.issued",
  "key.revoked",
] as const;
export type ActName = (typeof actNames)[number];

/** What anybody may read of an act at a glance. Never a voter_id, a credential or a choice. */
export type ActFacts = Readonly<Record<string, string | number | null>>;

/** An act before it has its place in a log; of `change`, what was asked for, a digest is kept. */
export type ActNote = { act: ActName; facts: ActFacts; change: unknown };

/** One entry of an append-only log; `at` in ms, hashes in hexadecimal digits. */
export type Act = {
  seq: number;
  at: number;
  actor: Actor;
  act: ActName;
  facts: ActFacts;
  digest: string;
  hash: string;
};

/** Where a log ends. It is kept beside the log, so that a removed end shows too. */
export type ActHead = Pick<Act, "seq" | "hash">;

type Hash = (text: string) => string;

/** The end of a log that holds nothing yet. It names its place, so that one decision's log can't stand in for another's. */
export function emptyHead(place: string, sha256: Hash): ActHead {
  return { seq: 0, hash: sha256(canonicalJson(["enviro-governance/acts/1", place])) };
}

/** The act that follows `head`, chained to all before it. */
export function nextAct(
  head: ActHead,
  { act, facts, change }: ActNote,
  actor: Actor,
  at: number,
  sha256: Hash,
): Act {
  const digest = sha256(canonicalJson(change));
  const entry = { seq: head.seq + 1, at, actor, act, facts, digest };
  return { ...entry, hash: hashOfAct(head.hash, entry, sha256) };
}

/** SHA-256 over the hash before and every member of the act, as JSON with sorted members: whoever changes or removes an act breaks the chain. */
export function hashOfAct(previous: string, act: Omit<Act, "hash">, sha256: Hash): string {
  const { seq, at, actor, digest } = act;
  const who = [actor.role, actor.keyId, actor.owner];
  return sha256(canonicalJson([previous, seq, at, who, act.act, act.facts, digest]));
}
