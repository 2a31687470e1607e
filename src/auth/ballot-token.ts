import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { base64url, SignJWT } from "jose";
import { z } from "zod";
import { BoundedMap } from "../bounded-map.ts";
import { limits } from "../limits.ts";
import { macWith, type Mac } from "./hmac.ts";

/** What a ballot token says: this pseudonym may vote in this decision, for this region, with this weight. It never holds a voter_id. */
export type BallotGrant = { decisionId: string; pid: string; region: string; weight: number };

export type TokenRefusal = "token.invalid" | "token.expired";
export type TokenVerdict = { grant: BallotGrant } | { refused: TokenRefusal };

/** Signed ballot tokens: JWT (RFC 7519), HS256, the key named by `kid`. The first key signs, every key verifies, so keys rotate without a failed vote. */
export type BallotTokens = {
  sign(grant: BallotGrant, expiresAt: number): Promise<string>;
  /**
   * Verified by hand and at once: a library does it through WebCrypto, whose promise costs a vote a sixth of its whole time.
   * `now` in ms.
   */
  verify(token: string, now: number): TokenVerdict;
};

const pidPattern = /^[A-Za-z0-9_-]{22}$/;

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
  const [signer] = keys;
  // Headers are as few as keys and their signers.
  const macsByHeader = new BoundedMap<string, Mac>(limits.isolateTokenHeadersMax);

  const macOf = (head: string): Mac | null => {
    const known = macsByHeader.get(head);
    if (known !== undefined) return known;
    const header = headerSchema.safeParse(parseSegment(head));
    const key = header.success ? keys.get(header.data.kid) : undefined;
    if (key === undefined) return null;
    const mac = macWith(key);
    macsByHeader.set(head, mac);
    return mac;
  };

  return {
    async sign({ decisionId, pid, region, weight }, expiresAt) {
      if (signer === undefined) throw new Error("no key signs ballot tokens");
      const [kid, key] = signer;
      return new SignJWT({
        ...(region === "" ? {} : { region }),
        ...(weight === 1 ? {} : { weight }),
      })
        .setProtectedHeader({ alg: "HS256", typ: "JWT", kid })
        .setIssuer(issuer)
        .setAudience(decisionId)
        .setSubject(pid)
        .setIssuedAt()
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .sign(key);
    },

    verify(token, now) {
      const [head = "", payload = "", signature = "", ...more] = token.split(".");
      const mac = macOf(head);
      if (mac === null || more.length > 0) return { refused: "token.invalid" };
      // Compared as texts, so that of the spellings that decode to one signature only the canonical is good.
      const expected = utf8.encode(mac(`${head}.${payload}`));
      const given = utf8.encode(signature);
      const isSigned = expected.length === given.length && timingSafeEqual(expected, given);
      return isSigned
        ? judgeClaims(parseSegment(payload), issuer, now)
        : { refused: "token.invalid" };
    },
  };
}

/** Judged by hand for the same reason as the signature. */
function judgeClaims(claims: unknown, issuer: string, now: number): TokenVerdict {
  if (typeof claims !== "object" || claims === null) return { refused: "token.invalid" };
  const {
    iss,
    aud,
    sub,
    exp,
    nbf = 0,
    region = "",
    weight = 1,
  } = claims as Record<string, unknown>;
  const seconds = Math.floor(now / 1_000);
  if (
    iss !== issuer ||
    typeof aud !== "string" ||
    typeof sub !== "string" ||
    !pidPattern.test(sub) ||
    typeof exp !== "number" ||
    typeof nbf !== "number" ||
    nbf > seconds ||
    typeof region !== "string" ||
    typeof weight !== "number" ||
    !Number.isSafeInteger(weight) ||
    weight < 1
  ) {
    return { refused: "token.invalid" };
  }
  if (exp <= seconds) return { refused: "token.expired" };
  return { grant: { decisionId: aud, pid: sub, region, weight } };
}

/** The JSON in a segment, or null where there is none. */
function parseSegment(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

function parseKeys(text: string): Map<string, Uint8Array> {
  const keys = new Map<string, Uint8Array>();
  for (const pair of text.split(",")) {
    const [, kid, key] = /^\s*([A-Za-z0-9._-]{1,64}):([A-Za-z0-9_-]{43,})\s*$/.exec(pair) ?? [];
    if (kid === undefined || key === undefined) {
      throw new Error(
        "BALLOT_TOKEN_KEYS must be kid:key pairs, each key at least 32 bytes in base64url",
      );
    }
    keys.set(kid, base64url.decode(key));
  }
  return keys;
}
