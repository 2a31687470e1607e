import { limits } from "../../shared/limits.ts";
import { normalizeVoterId } from "../../voter-id/voter-id.ts";
import { verifyIdToken, type IdTokenClaims, type LoginRefusal } from "./id-token.ts";
import type { IssuerDependencies } from "./issuer-document.ts";
import type { TrustedIssuers } from "./issuers.ts";
import { KeySet } from "./key-set.ts";

/**
 * How a decision reads its voters out of a login: the issuer, and which claims are the voter_id and
 * the region.
 */
type LoginTerms = { issuer: string; voterClaim: string; regionClaim: string | null };

export type LoginVerdict = VerifiedLogin | { refused: LoginRefusal };

/** Who has logged in. `usableUntil`: when the login is too old to be exchanged, in ms. */
export type VerifiedLogin = {
  voterId: string;
  region: string;
  subject: string;
  usableUntil: number;
};

export type ExternalLogins = {
  /** What is wrong with the deployment's settings, in words that anybody may read. */
  problems: readonly string[];
  knows(issuer: string): boolean;
  /**
   * Verifies an ID token that must have this `nonce`: it is of the attempt of whoever knows what the
   * nonce is the digest of. The token goes no further: not into a log, an error, a store or a shard.
   */
  verify(token: string, login: LoginTerms, nonce: string): Promise<LoginVerdict>;
};

export function externalLogins(
  { issuers, problem }: TrustedIssuers,
  deps: IssuerDependencies,
): ExternalLogins {
  const trusted = new Map(
    [...issuers].map(([name, issuer]) => [
      name,
      { issuer, keys: new KeySet(issuer.jwks_url, deps) },
    ]),
  );
  return {
    problems: problem === null ? [] : [problem],
    knows: (issuer) => trusted.has(issuer),
    async verify(token, login, nonce) {
      const known = trusted.get(login.issuer);
      if (known === undefined) return { refused: "login.unavailable" };
      const { issuer, keys } = known;
      const verdict = await verifyIdToken(token, { ...issuer, keys, nonce, now: deps.now() });
      return "refused" in verdict ? verdict : readVoter(verdict.claims, login, deps.now());
    },
  };
}

/** Who logged in, as the decision reads it; `now` in ms. */
function readVoter(claims: IdTokenClaims, login: LoginTerms, now: number): LoginVerdict {
  const { sub, iat, exp, auth_time: authTime = iat } = claims;
  const voterId = claims[login.voterClaim];
  const isVerified = login.voterClaim !== "email" || claims["email_verified"] === true;
  const isVoter =
    typeof voterId === "string" &&
    // Whatever form the decision has its voter_ids in, what is none is refused here.
    typeof normalizeVoterId(voterId, "case_preserved") === "string";
  const region = login.regionClaim === null ? "" : claims[login.regionClaim];
  const isTimed = typeof authTime === "number";
  if (!isVerified || !isVoter || !isTimed || typeof region !== "string")
    return { refused: "login.invalid" };
  // Seconds. A session that goes on for weeks proves nothing of who sits there now.
  const oldest = Math.floor(now / 1_000) - limits.loginAgeSecondsMax;
  const toleranceSeconds = limits.loginClockToleranceSeconds;
  if (authTime < oldest - toleranceSeconds) return { refused: "login.expired" };
  const until = Math.min(exp, iat + limits.loginAgeSecondsMax) + toleranceSeconds;
  return { voterId, region, subject: sub, usableUntil: until * 1_000 };
}
