import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";

/** Any subject of this length is some voter's. */
const subjectBytes = 33;
const lifetimeSeconds = 86_400;

export type VoteTokenPlan = {
  decisionId: string;
  tokenIssuer: string;
  /** `kid:base64url`, separated by commas; the first signs. */
  tokenKeys: string;
  /** Of the decision's key, as the platform's own tokens say. */
  generation: number;
  count: number;
};

/**
 * Signs ballot tokens of as many voters, at about 20,000 a second: the platform's own route would
 * take half a run to issue them.
 */
export function voteTokens(plan: VoteTokenPlan): Promise<string[]> {
  const [kid = "", secret = ""] = (plan.tokenKeys.split(",")[0] ?? "").split(":");
  const key = Buffer.from(secret, "base64url");
  const issuedAt = Math.floor(Date.now() / 1_000);
  const sign = (): Promise<string> =>
    new SignJWT({
      iss: plan.tokenIssuer,
      aud: plan.decisionId,
      gen: plan.generation,
      sub: randomBytes(subjectBytes).toString("base64url"),
      iat: issuedAt,
      exp: issuedAt + lifetimeSeconds,
    })
      .setProtectedHeader({ alg: "HS256", kid, typ: "JWT" })
      .sign(key);
  return Promise.all(Array.from({ length: plan.count }, sign));
}
