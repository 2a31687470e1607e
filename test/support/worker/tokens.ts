import { SignJWT } from "jose";

/** The keys of vitest.config.ts: `new` signs, `old` still verifies. */
export const ballotKeys = { new: "A".repeat(43), old: "B".repeat(43) } as const;

export type TokenPlan = {
  kid?: string | null;
  claims?: Record<string, unknown>;
  issuer?: string | null;
  audience?: string | string[] | null;
  subject?: string | null;
  expiresAt?: number | null;
  /** Base64url of the key to sign with. */
  key?: string;
};

/** Signs a ballot token by hand: a good one for this decision, but for what the plan says otherwise. Null leaves a claim out. */
export async function signToken(decisionId: string, plan: TokenPlan = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const {
    kid = "new",
    issuer = "enviro-governance",
    audience = decisionId,
    subject = "AAAAAAAAAAAAAAAAAAAAAA",
    expiresAt = now + 3_600,
  } = plan;
  const claims = {
    region: "north",
    iat: now,
    // What `openedDecision` opens has had its key made anew once.
    gen: 1,
    ...(issuer === null ? {} : { iss: issuer }),
    ...(audience === null ? {} : { aud: audience }),
    ...(subject === null ? {} : { sub: subject }),
    ...(expiresAt === null ? {} : { exp: expiresAt }),
    ...plan.claims,
  };
  const header = { alg: "HS256", typ: "JWT", ...(kid === null ? {} : { kid }) };
  const bytes = Uint8Array.from(Buffer.from(plan.key ?? ballotKeys.new, "base64url"));
  return new SignJWT(claims).setProtectedHeader(header).sign(bytes);
}

/** A token of these parts as they stand, with a signature that may be nothing at all. */
export function assembleToken(header: object, claims: object, signature = ""): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(claims)}.${signature}`;
}
