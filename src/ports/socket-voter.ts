import type { BallotGrant } from "../auth/ballot-token.ts";
import type { Manifest } from "../decision/decision.ts";
import { prefixVersion, stripVersion, type Form } from "../shared/versioned.ts";

/**
 * Who votes over a socket: what the ballot token said at the upgrade, until when (ms), and as much of
 * the manifest as says what a vote needs. Never a voter_id, an address or the token itself.
 */
export interface SocketVoter {
  grant: BallotGrant;
  expiresAt: number;
  manifest: Pick<Manifest, "disclosure" | "visibility">;
}

const voterForm: Form = { name: "the voter of a socket", version: 1 };

/** Where a shard is asked for a socket, in whichever object it lives. */
export const ballotSocketPath = "/ballot-socket";

/** What that request's address has where results are to be told over the socket too. */
export const withResultsParameter = "results";

/** The header that the Worker tells a shard the voter in; whatever a client sends does not get there. */
export const voterHeader = "x-socket-voter";

/** A voter as a header and a socket's attachment have it: ASCII, with its version. */
export function encodeSocketVoter({ grant, expiresAt, manifest }: SocketVoter): string {
  const { disclosure, visibility } = manifest;
  const voter: SocketVoter = { grant, expiresAt, manifest: { disclosure, visibility } };
  return prefixVersion(voterForm, encodeURIComponent(JSON.stringify(voter)));
}

/**
 * Reads what `encodeSocketVoter` made, here or in another release.
 * @throws {UnknownVersion} where that release is newer
 */
export function decodeSocketVoter(text: string): SocketVoter {
  return JSON.parse(decodeURIComponent(stripVersion(voterForm, text))) as SocketVoter;
}

/** Why a shard opens no socket: its decision is over, or the voter's places or all are taken. */
export type SocketRefusal = "over" | "too_many" | "full";

/** With which status a shard says so; what has another gave no answer. */
export const socketRefusalStatuses: Readonly<Record<SocketRefusal, number>> = {
  over: 410,
  too_many: 403,
  full: 429,
};
