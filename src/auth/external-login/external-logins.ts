import { decodeProtectedHeader, errors, importJWK, jwtVerify, type JWTPayload } from "jose";
import { limits } from "../../shared/limits.ts";
import { normalizeVoterId } from "../../voter-id/voter-id.ts";
import type { Issuer, TrustedIssuers } from "./issuers.ts";
import { KeySet, type KeySetDependencies } from "./key-set.ts";

/**
 * How a decision reads its voters out of a login: the issuer, and which claims are the voter_id and
 * the region.
 */
type LoginTerms = { issuer: string; voterClaim: string; regionClaim: string | null };

export type LoginRefusal = "login.invalid" | "login.expired" | "login.unavailable";
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
  deps: KeySetDependencies,
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
      if (token.length > limits.idTokenCharactersMax) return { refused: "login.invalid" };
      const header = readHeader(token, known.issuer);
      if (header === null) return { refused: "login.invalid" };
      const found = await known.keys.find(header.kid);
      if (found === "unavailable") return { refused: "login.unavailable" };
      if (found === "unknown") return { refused: "login.invalid" };
      try {
        const key = await importJWK(found.key, header.alg);
        const { payload } = await jwtVerify(token, key, {
          algorithms: [...known.issuer.algorithms],
          issuer: known.issuer.issuer,
          audience: known.issuer.audience,
          requiredClaims: ["exp", "iat", "sub", "nonce"],
          maxTokenAge: limits.loginAgeSecondsMax,
          clockTolerance: limits.loginClockToleranceSeconds,
          currentDate: new Date(deps.now()),
        });
        if (payload["nonce"] !== nonce) return { refused: "login.invalid" };
        return readVoter({ claims: payload, issuer: known.issuer, login, now: deps.now() });
      } catch (error) {
        // What jose says may quote the token's claims; which of the two refusals it is says enough.
        const isExpired = error instanceof errors.JWTExpired;
        return { refused: isExpired ? "login.expired" : "login.invalid" };
      }
    },
  };
}

/**
 * The header decides which key is asked for, so the algorithm is checked before: `none` and shared
 * secrets come to nothing here.
 */
function readHeader(token: string, { algorithms }: Issuer): { kid: string; alg: string } | null {
  try {
    const { alg, kid, typ = "JWT" } = decodeProtectedHeader(token);
    const isAllowed = algorithms.some((allowed) => allowed === alg);
    // An access token is not a login (RFC 9068, 2.1).
    const isLogin = typ.toUpperCase() === "JWT";
    if (!isAllowed || !isLogin || alg === undefined || typeof kid !== "string") return null;
    return { alg, kid };
  } catch {
    return null;
  }
}

/** What an ID token says, and what it is read by; `now` in ms. */
interface VerifiedClaims {
  claims: JWTPayload;
  issuer: Issuer;
  login: LoginTerms;
  now: number;
}

function readVoter({ claims, issuer: { audience }, login, now }: VerifiedClaims): LoginVerdict {
  const { aud, azp, sub, iat, exp, auth_time: authTime = iat } = claims;
  // A token that names more than one audience must say that it was issued to us (OpenID Connect
  // Core, 3.1.3.7).
  const isOurs =
    (Array.isArray(aud) && aud.length > 1) || azp !== undefined ? azp === audience : true;
  const voterId = claims[login.voterClaim];
  const isVerified = login.voterClaim !== "email" || claims["email_verified"] === true;
  const isVoter =
    typeof voterId === "string" &&
    // Whatever form the decision has its voter_ids in, what is none is refused here.
    typeof normalizeVoterId(voterId, "case_preserved") === "string";
  const region = login.regionClaim === null ? "" : claims[login.regionClaim];
  const isNamed =
    typeof sub === "string" && sub !== "" && sub.length <= limits.subjectCharactersMax;
  const isTimed =
    typeof iat === "number" && typeof exp === "number" && typeof authTime === "number";
  if (!isOurs || !isVerified || !isVoter || !isNamed || !isTimed || typeof region !== "string")
    return { refused: "login.invalid" };
  // Seconds. A session that goes on for weeks proves nothing of who sits there now.
  const oldest = Math.floor(now / 1_000) - limits.loginAgeSecondsMax;
  const toleranceSeconds = limits.loginClockToleranceSeconds;
  if (authTime < oldest - toleranceSeconds) return { refused: "login.expired" };
  const until = Math.min(exp, iat + limits.loginAgeSecondsMax) + toleranceSeconds;
  return { voterId, region, subject: sub, usableUntil: until * 1_000 };
}
