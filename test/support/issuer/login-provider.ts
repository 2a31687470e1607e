import { createHash, randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";

/** What a provider does differently from what it should. */
export interface ProviderFaults {
  /** Claims in place of what the ID token would say. */
  claims?: Record<string, unknown>;
  audience?: string | string[];
  issuer?: string;
  /** Signs with a key that it does not publish. */
  hasOtherKey?: boolean;
  /** Of its answers to the token endpoint. */
  tokenAnswer?: () => Response;
  metadata?: Record<string, unknown>;
  isAway?: boolean;
}

interface IssuedCode {
  nonce: string;
  challenge: string;
  redirectUri: string;
  claims: Record<string, unknown>;
}

const issuerName = "https://login.council.example";
export const clientId = "enviro-organisers";
export const clientSecret = "a secret: of 100% staff+logins";

/**
 * A login provider (OpenID Connect Core 1.0) in this process, behind `fetch`: it publishes its
 * configuration and keys, hands out codes, and exchanges each once for whoever has the secret and
 * the PKCE verifier.
 */
export class LoginProvider {
  readonly issuer = issuerName;
  faults: ProviderFaults = {};
  readonly asked: string[] = [];
  readonly #codes = new Map<string, IssuedCode>();
  #key: { privateKey: CryptoKey; jwk: JWK } | null = null;

  /** Answers what is fetched of it; null of what is not its own. */
  async fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response | null> {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin !== issuerName) return null;
    this.asked.push(`${request.method} ${url.pathname}`);
    if (this.faults.isAway === true) return new Response("away", { status: 503 });
    if (url.pathname === "/.well-known/openid-configuration") return Response.json(this.#metadata);
    if (url.pathname === "/keys") return Response.json({ keys: [(await this.#keys()).jwk] });
    if (url.pathname === "/token" && request.method === "POST") return this.#exchange(request);
    return new Response("nothing here", { status: 404 });
  }

  /** What somebody does at the address that their browser was sent to: gives the one it comes back to. */
  logIn(address: string, claims: Record<string, unknown> = {}): URL {
    const asked = new URL(address);
    if (asked.origin + asked.pathname !== `${issuerName}/authorize`)
      throw new Error(`a browser was sent to ${address}`);
    const of = (name: string) => asked.searchParams.get(name) ?? "";
    const wanted = [of("response_type"), of("client_id"), of("code_challenge_method")];
    if (wanted.join(" ") !== `code ${clientId} S256`) throw new Error(`asked for ${wanted.join()}`);
    const code = randomBytes(16).toString("base64url");
    const redirectUri = of("redirect_uri");
    this.#codes.set(code, {
      nonce: of("nonce"),
      challenge: of("code_challenge"),
      redirectUri,
      claims,
    });
    const back = new URL(redirectUri);
    for (const [name, value] of Object.entries({
      code,
      state: of("state"),
      iss: issuerName,
      session_state: "x",
    }))
      back.searchParams.set(name, value);
    return back;
  }

  get #metadata() {
    return {
      issuer: issuerName,
      authorization_endpoint: `${issuerName}/authorize`,
      token_endpoint: `${issuerName}/token`,
      jwks_uri: `${issuerName}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
      authorization_response_iss_parameter_supported: true,
      ...this.faults.metadata,
    };
  }

  async #keys() {
    if (this.#key !== null) return this.#key;
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: "first", alg: "ES256", use: "sig" };
    this.#key = { privateKey, jwk };
    return this.#key;
  }

  async #exchange(request: Request): Promise<Response> {
    if (this.faults.tokenAnswer !== undefined) return this.faults.tokenAnswer();
    const sent = new URLSearchParams(await request.text());
    if (!isOurLogin(request.headers.get("authorization") ?? ""))
      return refusal(401, "invalid_client");
    const code = sent.get("code") ?? "";
    const issued = this.#codes.get(code);
    // Once, whoever asks.
    this.#codes.delete(code);
    const verifier = createHash("sha256").update(sent.get("code_verifier") ?? "");
    if (issued === undefined || verifier.digest("base64url") !== issued.challenge)
      return refusal(400, "invalid_grant");
    if (sent.get("redirect_uri") !== issued.redirectUri) return refusal(400, "invalid_grant");
    const idToken = await this.#sign(issued);
    return Response.json({ access_token: "opaque", token_type: "Bearer", id_token: idToken });
  }

  async #sign({ nonce, claims }: IssuedCode): Promise<string> {
    const { audience = clientId, issuer = issuerName, hasOtherKey, claims: instead } = this.faults;
    const own = await this.#keys();
    const privateKey =
      hasOtherKey === true ? (await generateKeyPair("ES256")).privateKey : own.privateKey;
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ sub: "7f3c", nonce, ...claims, ...instead })
      .setProtectedHeader({ alg: "ES256", kid: "first", typ: "JWT" })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .sign(privateKey);
  }
}

/** Both parts are form-encoded before base64 (RFC 6749, 2.3.1). */
function isOurLogin(authorization: string): boolean {
  const [id = "", secret = ""] = atob(authorization.replace(/^Basic /, "")).split(":");
  const plain = (part: string) => decodeURIComponent(part.replaceAll("+", " "));
  return plain(id) === clientId && plain(secret) === clientSecret;
}

function refusal(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
