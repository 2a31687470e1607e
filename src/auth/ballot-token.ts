import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";
import { BoundedMap } from "../shared/bounded-map.ts";
import { limits } from "../shared/limits.ts";
import { macWith, type Mac } from "./hmac.ts";
import { readTokenKeys } from "./token-keys.ts";
import { tokenSubjects, type TokenSubjects } from "./token-subject.ts";

/**
 * What a ballot token says: this pseudonym may vote in this decision, for this region, with this
 * weight. It never holds a voter_id, and the pseudonym only hidden.
 */
export type BallotGrant = {
  decisionId: string;
  pid: string;
  /** Of the decision's key that made the pid: after another none of its tokens is good. */
  generation: number;
  /** Which of its voter's tokens it is; null where none was issued: it is from a login. */
  serial: number | null;
  region: string;
  weight: number;
  /** Published beside the vote in a roll call of an open electorate; else null. */
  name: string | null;
  /** When the voter logged in elsewhere for this token, in ms; null where it was issued. */
  loggedInAt: number | null;
};

export type TokenRefusal = "token.invalid" | "token.expired";
/** `expiresAt` in ms. */
export type TokenVerdict = { grant: BallotGrant; expiresAt: number } | { refused: TokenRefusal };

/**
 * Signed ballot tokens: JWT (RFC 7519), HS256, the key named by `kid`. The first key signs, every
 * key verifies, so keys rotate without a failed vote.
 */
export type BallotTokens = {
  sign(grant: BallotGrant, expiresAt: number): Promise<string>;
  /**
   * Verified by hand and at once: a library does it through WebCrypto, whose promise costs a vote a
   * sixth of its whole time.
   * `now` in ms.
   */
  verify(token: string, now: number): TokenVerdict;
};

const headerSchema = z.object({
  alg: z.literal("HS256"),
  kid: z.string(),
  // An extension that must be understood is not (RFC 7515, 4.1.11).
  crit: z.undefined().optional(),
});

const utf8 = new TextEncoder();

/**
 * @param keyText `kid:base64url-key` pairs with commas between, each key of at least 32 bytes (RFC 7518, 3.2).
 * @throws when it is not of that form: a deployment without keys must not start to answer.
 */
export function ballotTokens(keyText: string, issuer: string): BallotTokens {
  const keys = parseKeys(keyText);
  const [signer] = keys.values();
  // Headers are as few as keys and their signers.
  const keysByHeader = new BoundedMap<string, TokenKey>(limits.isolateTokenHeadersMax);

  const keyOf = (head: string): TokenKey | null => {
    const known = keysByHeader.get(head);
    if (known !== undefined) return known;
    const header = headerSchema.safeParse(parseSegment(head));
    const key = header.success ? keys.get(header.data.kid) : undefined;
    if (key === undefined) return null;
    keysByHeader.set(head, key);
    return key;
  };

  return {
    async sign(grant, expiresAt) {
      const { decisionId, pid, generation, serial, region, weight, name, loggedInAt } = grant;
      if (signer === undefined) throw new Error("no key signs ballot tokens");
      return new SignJWT({
        ...(region === "" ? {} : { region }),
        ...(weight === 1 ? {} : { weight }),
        ...(name === null ? {} : { name }),
        ...(loggedInAt === null ? {} : { auth_time: Math.floor(loggedInAt / 1_000) }),
        gen: generation,
        ...(serial === null || serial === 1 ? {} : { serial }),
      })
        .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: signer.kid })
        .setIssuer(issuer)
        .setAudience(decisionId)
        .setSubject(signer.subjects.hide(pid))
        .setIssuedAt()
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .sign(signer.secret);
    },

    verify(token, now) {
      const [head = "", payload = "", signature = "", ...more] = token.split(".");
      const key = keyOf(head);
      if (key === null || more.length > 0) return { refused: "token.invalid" };
      // Compared as texts, so that of the spellings that decode to one signature only the canonical
      // is good.
      const expected = utf8.encode(key.mac(`${head}.${payload}`));
      const given = utf8.encode(signature);
      const isSigned = expected.length === given.length && timingSafeEqual(expected, given);
      return isSigned
        ? verifyClaims({ claims: parseSegment(payload), subjects: key.subjects, issuer, now })
        : { refused: "token.invalid" };
    },
  };
}

/** A key, and what it does: it signs, and it hides voters. */
type TokenKey = { kid: string; secret: Uint8Array; mac: Mac; subjects: TokenSubjects };

/** The claims of a signed token, and what they are verified with; `now` in ms. */
interface SignedClaims {
  claims: unknown;
  subjects: TokenSubjects;
  issuer: string;
  now: number;
}

/** Verified by hand for the same reason as the signature. */
function verifyClaims({ claims, subjects, issuer, now }: SignedClaims): TokenVerdict {
  if (typeof claims !== "object" || claims === null) return { refused: "token.invalid" };
  const {
    iss,
    aud,
    sub,
    exp,
    nbf = 0,
    region = "",
    weight = 1,
    name = null,
    gen,
    serial = 1,
    auth_time = null,
  } = claims as Record<string, unknown>;
  const seconds = Math.floor(now / 1_000);
  if (
    iss !== issuer ||
    typeof aud !== "string" ||
    typeof sub !== "string" ||
    typeof exp !== "number" ||
    typeof nbf !== "number" ||
    nbf > seconds ||
    typeof region !== "string" ||
    typeof gen !== "number" ||
    (name !== null && typeof name !== "string") ||
    (auth_time !== null && typeof auth_time !== "number") ||
    !isCount(serial) ||
    !isCount(weight)
  ) {
    return { refused: "token.invalid" };
  }
  const pid = subjects.reveal(sub);
  if (pid === null) return { refused: "token.invalid" };
  if (exp <= seconds) return { refused: "token.expired" };
  const loggedInAt = auth_time === null ? null : auth_time * 1_000;
  const ofToken = loggedInAt === null ? serial : null;
  const who = { decisionId: aud, pid, generation: gen, serial: ofToken };
  return { grant: { ...who, region, weight, name, loggedInAt }, expiresAt: exp * 1_000 };
}

function isCount(claim: unknown): claim is number {
  return typeof claim === "number" && Number.isSafeInteger(claim) && claim >= 1;
}

/** The JSON in a segment, or null where there is none. */
function parseSegment(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

function parseKeys(text: string): Map<string, TokenKey> {
  return new Map(
    readTokenKeys(text).map(({ kid, secret }) => [
      kid,
      { kid, secret, mac: macWith(secret), subjects: tokenSubjects(secret) },
    ]),
  );
}
