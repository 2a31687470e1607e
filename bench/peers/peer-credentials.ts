import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export type PeerKeys = {
  issuer: string;
  /** `kid:base64url`, as ours. */
  tokenKeys: string;
  apiKey: string;
};

export interface PeerCredentials {
  /** The voter that a ballot token names; null where it is none of this decision. */
  voterOf(authorization: string, decisionId: string): string | null;
  isStation(authorization: string): boolean;
}

type Claims = { iss?: unknown; aud?: unknown; sub?: unknown; exp?: unknown };

/**
 * The check that ours makes: a JWT with HS256, synchronously, and a key's hash. A library's promises
 * would only slow the peer down.
 */
export function peerCredentials({ issuer, tokenKeys, apiKey }: PeerKeys): PeerCredentials {
  const [kid = "", secret = ""] = tokenKeys.split(":");
  const key = Buffer.from(secret, "base64url");
  const header = Buffer.from(JSON.stringify({ alg: "HS256", kid, typ: "JWT" })).toString(
    "base64url",
  );
  const station = hash(`Bearer ${apiKey}`);
  return {
    voterOf: (authorization, decisionId) => {
      const [head = "", payload = "", signature = ""] = authorization
        .replace("Bearer ", "")
        .split(".");
      const expected = createHmac("sha256", key).update(`${head}.${payload}`).digest();
      const given = Buffer.from(signature, "base64url");
      if (head !== header || given.length !== expected.length) return null;
      if (!timingSafeEqual(given, expected)) return null;
      // Signed by the bench: an object.
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims;
      const { iss, aud, sub, exp } = claims;
      const isGood = iss === issuer && aud === decisionId && Number(exp) * 1_000 > Date.now();
      return isGood && typeof sub === "string" ? sub : null;
    },
    isStation: (authorization) => timingSafeEqual(hash(authorization), station),
  };
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
