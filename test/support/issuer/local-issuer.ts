import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from "jose";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export type IssuerKey = { kid: string; alg: string; privateKey: CryptoKey; jwk: JWK };

/**
 * A login service on this machine: a real HTTP server with its public keys, and whatever a test has
 * it answer instead.
 */
export type LocalIssuer = {
  readonly name: string;
  readonly jwksUrl: string;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  publish(...keys: IssuerKey[]): void;
  answer(instead: Answer): void;
  stop(): Promise<void>;
};

export const audience = "enviro-governance-voters";

export async function startIssuer(): Promise<LocalIssuer> {
  let asked = 0;
  let answer: Answer = (_, response) => response.end('{"keys":[]}');
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // It was given a port, so it has one.
  const { port } = server.address() as AddressInfo;
  const name = `http://127.0.0.1:${port}`;
  return {
    name,
    jwksUrl: `${name}/jwks.json`,
    asked: () => asked,
    publish(...keys) {
      const text = JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });
      answer = (_, response) => response.end(text);
    },
    answer(instead) {
      answer = instead;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, "close");
    },
  };
}

export async function makeKey(kid: string, alg = "ES256"): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: "sig" };
  return { kid, alg, privateKey, jwk };
}

export type LoginPlan = {
  claims?: JWTPayload;
  audience?: string | string[];
  issuer?: string;
  /** Seconds from now. */
  expiresIn?: number;
  header?: Record<string, string>;
  /** When the issuer gives it, in ms; now where it is left out. */
  at?: number;
  /** What its nonce is the digest of. */
  secret?: string;
};

/** The secret of a login that a test says nothing else of. */
export const loginSecret = "s".repeat(43);

export function newLoginSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** As RFC 7636 has it, 4.2. */
export function digestOfSecret(secret: string): string {
  return createHash("sha256").update(secret, "ascii").digest("base64url");
}

/** An ID token as the issuer gives it to a voter who has logged in. */
export function signLogin(
  issuer: Pick<LocalIssuer, "name">,
  key: IssuerKey,
  voter: string,
  plan: LoginPlan = {},
): Promise<string> {
  const now = Math.floor((plan.at ?? Date.now()) / 1_000);
  const nonce = digestOfSecret(plan.secret ?? loginSecret);
  return new SignJWT({ sub: voter, nonce, ...plan.claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "JWT", ...plan.header })
    .setIssuer(plan.issuer ?? issuer.name)
    .setAudience(plan.audience ?? audience)
    .setIssuedAt(now - 5)
    .setExpirationTime(now + (plan.expiresIn ?? 600))
    .sign(key.privateKey);
}
