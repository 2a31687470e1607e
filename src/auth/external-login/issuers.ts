import { z } from "zod";

/** Signatures by a private key alone: with a shared secret whoever verifies could sign. */
export const signingAlgorithms = ["RS256", "PS256", "ES256", "EdDSA"] as const;

/** A login service that this deployment trusts (OpenID Connect Core 1.0). */
export type Issuer = {
  issuer: string;
  /** Where its public keys are (RFC 7517). */
  jwks_url: string;
  /** This platform's name at the issuer: a token for anybody else is refused. */
  audience: string;
  algorithms: readonly (typeof signingAlgorithms)[number][];
};

const issuersSchema = z.array(
  z.strictObject({
    issuer: z.url(),
    jwks_url: z.url().refine(isPrivateAddress, "https, or a server on this machine"),
    audience: z.string().min(1),
    algorithms: z.array(z.enum(signingAlgorithms)).min(1).default(["RS256", "ES256"]),
  }),
);

/** Whom a deployment trusts with logins: nobody where it can't be read, and then what is wrong. */
export type TrustedIssuers = { issuers: ReadonlyMap<string, Issuer>; problem: string | null };

/**
 * Reads the variable EXTERNAL_ISSUERS, a JSON array. Where one entry is wrong none is trusted, and
 * all but logins goes on. The problem names the place, never a value: anybody may read it.
 */
export function readIssuers(text: string): TrustedIssuers {
  const json = parseJson(text);
  if (json === null) return { issuers: new Map(), problem: "EXTERNAL_ISSUERS is not JSON" };
  const parsed = issuersSchema.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const [entry, member] = issue?.path ?? [];
    const place = entry === undefined ? "" : `, entry ${String(entry)}`;
    const within = member === undefined ? "" : `, ${String(member)}`;
    const problem = `EXTERNAL_ISSUERS is not the list that docs/roles.md describes${place}${within}`;
    return { issuers: new Map(), problem };
  }
  return { issuers: new Map(parsed.data.map((issuer) => [issuer.issuer, issuer])), problem: null };
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Whether nobody on the way can exchange what is fetched: by https, or from this machine. */
export function isPrivateAddress(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
