import { base64url, errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";

/** What a ballot token says: this pseudonym may vote in this decision, for this region, with this weight. It never holds a voter_id. */
export type BallotGrant = { decisionId: string; pid: string; region: string; weight: number };

export type TokenRefusal = "token.invalid" | "token.expired";
export type TokenVerdict = { grant: BallotGrant } | { refused: TokenRefusal };

/** Signed ballot tokens: JWT (RFC 7519), HS256, the key named by `kid`. The first key signs, every key verifies, so keys rotate without a failed vote. */
export type BallotTokens = {
  sign(grant: BallotGrant, expiresAt: number): Promise<string>;
  verify(token: string): Promise<TokenVerdict>;
};

const claimsSchema = z.object({
  aud: z.string(),
  sub: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  region: z.string().default(""),
  weight: z.int().min(1).default(1),
});

/**
 * @param keyText `kid:base64url-key` pairs with commas between, each key of at least 32 bytes (RFC 7518, 3.2).
 * @throws when it is not of that form: a deployment without keys must not start to answer.
 */
export function ballotTokens(keyText: string, issuer: string): BallotTokens {
  const keys = parseKeys(keyText);
  // Keys are kept once imported, never as promises: one request must not wait for another's.
  const imported = new Map<string, CryptoKey>();
  const keyOf = async (kid: string): Promise<CryptoKey | null> => {
    const text = keys.get(kid);
    if (text === undefined) return null;
    const key = imported.get(kid) ?? (await importKey(text));
    imported.set(kid, key);
    return key;
  };
  const [signingKid] = keys.keys();

  return {
    async sign({ decisionId, pid, region, weight }, expiresAt) {
      const key = signingKid === undefined ? null : await keyOf(signingKid);
      if (key === null || signingKid === undefined) throw new Error("no key signs ballot tokens");
      return new SignJWT({
        ...(region === "" ? {} : { region }),
        ...(weight === 1 ? {} : { weight }),
      })
        .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: signingKid })
        .setIssuer(issuer)
        .setAudience(decisionId)
        .setSubject(pid)
        .setIssuedAt()
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .sign(key);
    },

    async verify(token) {
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = kid === undefined ? null : await keyOf(kid);
            if (key === null) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          { issuer, algorithms: ["HS256"], requiredClaims: ["exp", "aud", "sub"] },
        );
        const claims = claimsSchema.safeParse(payload);
        if (!claims.success) return { refused: "token.invalid" };
        const { aud, sub, region, weight } = claims.data;
        return { grant: { decisionId: aud, pid: sub, region, weight } };
      } catch (error) {
        if (error instanceof errors.JWTExpired) return { refused: "token.expired" };
        if (error instanceof errors.JOSEError) return { refused: "token.invalid" };
        throw error;
      }
    },
  };
}

function importKey(text: string): Promise<CryptoKey> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", base64url.decode(text), hmac, false, ["sign", "verify"]);
}

function parseKeys(text: string): Map<string, string> {
  const keys = new Map<string, string>();
  for (const pair of text.split(",")) {
    const [, kid, key] = /^\s*([A-Za-z0-9._-]{1,64}):([A-Za-z0-9_-]{43,})\s*$/.exec(pair) ?? [];
    if (kid === undefined || key === undefined) {
      throw new Error(
        "BALLOT_TOKEN_KEYS must be kid:key pairs, each key at least 32 bytes in base64url",
      );
    }
    keys.set(kid, key);
  }
  return keys;
}
