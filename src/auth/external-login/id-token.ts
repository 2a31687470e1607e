import { decodeProtectedHeader, errors, importJWK, jwtVerify, type JWTPayload } from "jose";
import { limits } from "../../shared/limits.ts";
import type { Issuer } from "./issuers.ts";
import type { KeySet } from "./key-set.ts";

export type LoginRefusal = "login.invalid" | "login.expired" | "login.unavailable";

/** Claims that every good ID token has. */
export type IdTokenClaims = JWTPayload & { sub: string; iat: number; exp: number };

/** What an ID token must be: whose, for whom, signed how, and of which attempt; `now` in ms. */
interface IdTokenTerms extends Pick<Issuer, "issuer" | "audience" | "algorithms"> {
  keys: KeySet;
  nonce: string;
  now: number;
}

/**
 * What an ID token says, once its signature, issuer, audience, times and nonce are as they must be
 * (OpenID Connect Core, 3.1.3.7).
 */
export async function verifyIdToken(
  token: string,
  { issuer, audience, algorithms, keys, nonce, now }: IdTokenTerms,
): Promise<{ claims: IdTokenClaims } | { refused: LoginRefusal }> {
  if (token.length > limits.idTokenCharactersMax) return { refused: "login.invalid" };
  const header = readHeader(token, algorithms);
  if (header === null) return { refused: "login.invalid" };
  const found = await keys.find(header.kid);
  if (found === "unavailable") return { refused: "login.unavailable" };
  if (found === "unknown") return { refused: "login.invalid" };
  try {
    const key = await importJWK(found.key, header.alg);
    const { payload } = await jwtVerify(token, key, {
      algorithms: [...algorithms],
      issuer,
      audience,
      requiredClaims: ["exp", "iat", "sub", "nonce"],
      maxTokenAge: limits.loginAgeSecondsMax,
      clockTolerance: limits.loginClockToleranceSeconds,
      currentDate: new Date(now),
    });
    const { sub, iat, exp } = payload;
    const isNamed =
      typeof sub === "string" && sub !== "" && sub.length <= limits.subjectCharactersMax;
    const isTimed = typeof iat === "number" && typeof exp === "number";
    const isGood = payload["nonce"] === nonce && isOurs(payload, audience);
    if (!isGood || !isNamed || !isTimed) return { refused: "login.invalid" };
    return { claims: { ...payload, sub, iat, exp } };
  } catch (error) {
    // What jose says may quote the token's claims; which of the two refusals it is says enough.
    const isExpired = error instanceof errors.JWTExpired;
    return { refused: isExpired ? "login.expired" : "login.invalid" };
  }
}

/**
 * The header decides which key is asked for, so the algorithm is checked before: `none` and shared
 * secrets come to nothing here.
 */
function readHeader(
  token: string,
  algorithms: Issuer["algorithms"],
): { kid: string; alg: string } | null {
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

/** A token that names more than one audience must say that it was issued to us. */
function isOurs({ aud, azp }: JWTPayload, audience: string): boolean {
  return (Array.isArray(aud) && aud.length > 1) || azp !== undefined ? azp === audience : true;
}
