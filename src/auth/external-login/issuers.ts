import { z } from "zod";

/** Signatures by a private key alone: with a shared secret whoever verifies could sign. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"] as const;

/** A login service that this deployment trusts (OpenID Connect Core 1.0). */
export type Issuer = {
  issuer: string;
  /** Where its public keys are (RFC 7517). */
  jwks_url: string;
  /** This platform's name at the issuer: a token for anybody else is refused. */
  audience: string;
  algorithms: readonly (typeof algorithms)[number][];
};

const issuersSchema = z.array(
  z.strictObject({
    issuer: z.url(),
    jwks_url: z.url().refine(isPrivate, "https, or a server on this machine"),
    audience: z.string().min(1),
    algorithms: z.array(z.enum(algorithms)).min(1).default(["RS256", "ES256"]),
  }),
);

/**
 * Reads the variable EXTERNAL_ISSUERS, a JSON array.
 * @throws when it is not of that form: a deployment that trusts it knows not whom must not start to answer.
 */
export function readIssuers(text: string): ReadonlyMap<string, Issuer> {
  const issuers = issuersSchema.parse(JSON.parse(text));
  return new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
}

/** Keys that anybody on the way could exchange are no keys. */
function isPrivate(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
