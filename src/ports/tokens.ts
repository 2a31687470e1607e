import type { TokenCounts } from "../decision/token-counts.ts";

/**
 * What is done to voters' tokens: each gets a new one, or none of theirs is good any more. Their pids
 * are of the decision's key of this generation.
 */
export interface TokenMove {
  act: "issue" | "revoke";
  generation: number;
  pids: readonly string[];
}

/** The newest serial of each voter, in their order, and the counts of all that was done so far. */
export type MovedTokens = { serials: number[]; counts: TokenCounts };

/** The same as it is asked for; tokens that are issued are good until `expiresAt`, in ms. */
export type TokenChange = TokenMove & ({ act: "issue"; expiresAt: number } | { act: "revoke" });

/**
 * The serials of the voters' newest tokens, in the order of the pids, and where voters are placed by
 * region the region that the roll has of each. `too_early`: an import or the
 * opening will still replace the key, or has just done so. `unavailable`: it is recorded, but not
 * every shard has answered; asking again is safe, and moves the serials on once more.
 */
export type TokenReply =
  | { kind: "done"; serials: number[]; regions: readonly (string | null)[] }
  | { kind: "forgotten" | "not_found" | "too_early" | "unavailable" };
