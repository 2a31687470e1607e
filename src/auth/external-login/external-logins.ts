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
export type LoginVerdict = { voterId: string; region: string } | { refused: LoginRefusal };

export type ExternalLogins = {
  /** What is wrong with the deployment's settings, in words that anybody may read. */
  problems: readonly string[];
  knows(issuer: string): boolean;
  /**
   * Verifies an ID token. The token goes no further: not into a log, an error, a store or a shard.
   */
  verify(token: string, login: LoginTerms): Promise<LoginVerdict>;
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
    async verify(token, login) {
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
          requiredClaims: ["exp", "iat"],
          clockTolerance: limits.loginClockToleranceSeconds,
          currentDate: new Date(deps.now()),
        });
        return readVoter(payload, known.issuer, login);
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

function readVoter(claims: JWTPayload, { audience }: Issuer, login: LoginTerms): LoginVerdict {
  const { aud, azp } = claims;
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
  if (!isOurs || !isVerified || !isVoter || typeof region !== "string")
    return { refused: "login.invalid" };
  return { voterId, region };
}
