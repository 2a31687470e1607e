import * as oauth from "oauth4webapi";
import { z } from "zod";
import { LoggableError } from "../../shared/loggable-error.ts";
import { verifyIdToken, type IdTokenClaims } from "../external-login/id-token.ts";
import {
  fetchBounded,
  IssuerDocument,
  type IssuerDependencies,
} from "../external-login/issuer-document.ts";
import { isPrivateAddress } from "../external-login/issuers.ts";
import { KeySet } from "../external-login/key-set.ts";
import type { LoginAttempt } from "./login-attempts.ts";
import type { StaffProvider } from "./staff-providers.ts";

/** `declined`: the provider says that there is no login, as when somebody has thought better of it. */
type ProviderRefusal = "declined" | "mixed_up" | "invalid" | "unavailable";

/** What of a provider is needed, as it publishes it (OpenID Connect Discovery 1.0). */
interface Discovered {
  server: oauth.AuthorizationServer;
  authorizationEndpoint: string;
  keys: KeySet;
}

interface AuthorizationRequest extends Pick<LoginAttempt, "state" | "nonce" | "verifier"> {
  redirectUri: string;
}

interface CallbackRequest extends AuthorizationRequest {
  /** The query that the browser came back with. */
  parameters: URLSearchParams;
}

/** The authorization code flow with PKCE (RFC 6749, 4.1; RFC 7636; RFC 9700) at one provider. */
export class ProviderClient {
  readonly #provider: StaffProvider;
  readonly #deps: IssuerDependencies;
  readonly #client: oauth.Client;
  readonly #metadata: IssuerDocument<Discovered>;

  constructor(provider: StaffProvider, deps: IssuerDependencies) {
    this.#provider = provider;
    this.#deps = deps;
    this.#client = { client_id: provider.client_id };
    const { issuer } = provider;
    this.#metadata = new IssuerDocument(
      {
        url: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
        name: "a login provider's configuration",
        read: (json) => readMetadata(issuer, json, deps),
      },
      deps,
    );
  }

  /** Where a browser is sent to log in; null while the provider can't be reached. */
  async authorizationAddress(request: AuthorizationRequest): Promise<string | null> {
    const found = await this.#metadata.find(() => true);
    if (typeof found === "string") return null;
    const address = new URL(found.value.authorizationEndpoint);
    const challenge = await oauth.calculatePKCECodeChallenge(request.verifier);
    for (const [name, value] of [
      ["response_type", "code"],
      ["client_id", this.#provider.client_id],
      ["redirect_uri", request.redirectUri],
      ["scope", this.#provider.scope],
      ["state", request.state],
      ["nonce", request.nonce],
      ["code_challenge", challenge],
      ["code_challenge_method", "S256"],
    ] as const)
      address.searchParams.set(name, value);
    return address.href;
  }

  /** The claims of whoever came back with a code: exchanged once, its ID token verified. */
  async claimsOf(request: CallbackRequest): Promise<IdTokenClaims | ProviderRefusal> {
    const found = await this.#metadata.find(() => true);
    if (typeof found === "string") return "unavailable";
    const { server, keys } = found.value;
    const token = await this.#exchangeCode(server, request);
    if (typeof token === "string") return token;
    const { issuer, client_id: audience, algorithms } = this.#provider;
    const { nonce } = request;
    const terms = { issuer, audience, algorithms, keys, nonce, now: this.#deps.now() };
    const verdict = await verifyIdToken(token.idToken, terms);
    if ("claims" in verdict) return verdict.claims;
    return verdict.refused === "login.unavailable" ? "unavailable" : "invalid";
  }

  async #exchangeCode(
    server: oauth.AuthorizationServer,
    { parameters, state, nonce, verifier, redirectUri }: CallbackRequest,
  ): Promise<{ idToken: string } | ProviderRefusal> {
    const good = this.#checkCallback(server, parameters, state);
    if (typeof good === "string") return good;
    const { issuer, client_secret: secret } = this.#provider;
    const options = {
      [oauth.customFetch]: (url: string, init: RequestInit) => fetchBounded(this.#deps, url, init),
      [oauth.allowInsecureRequests]: !issuer.startsWith("https:"),
    };
    try {
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        this.#client,
        authenticationAt(server, secret),
        good,
        redirectUri,
        verifier,
        options,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, this.#client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      return { idToken: tokens.id_token ?? "" };
    } catch (error) {
      return this.#refusalOf(error);
    }
  }

  /** Whether what the browser came back with answers what it was sent away with. */
  #checkCallback(
    server: oauth.AuthorizationServer,
    parameters: URLSearchParams,
    state: string,
  ): URLSearchParams | ProviderRefusal {
    try {
      const good = oauth.validateAuthResponse(server, this.#client, parameters, state);
      return good.has("code") ? good : "mixed_up";
    } catch (error) {
      return error instanceof oauth.AuthorizationResponseError ? "declined" : "mixed_up";
    }
  }

  /** A code that is no good, or a token, is the asker's; all else is the provider's or ours. */
  #refusalOf(error: unknown): ProviderRefusal {
    const isOfCode = error instanceof oauth.ResponseBodyError && error.error === "invalid_grant";
    const isOfToken =
      error instanceof oauth.OperationProcessingError && tokenFaults.has(error.code ?? "");
    if (isOfCode || isOfToken) return "invalid";
    // What the library says may quote what was sent.
    const told = new LoggableError(`a login provider did not exchange a code: ${codeOf(error)}`);
    this.#deps.report("login.provider_failed", told);
    return "unavailable";
  }
}

const tokenFaults: ReadonlySet<string> = new Set([
  oauth.INVALID_RESPONSE,
  oauth.JWT_CLAIM_COMPARISON,
  oauth.JWT_TIMESTAMP_CHECK,
]);

/** Of an error of the library: one of its own codes. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" && /^[A-Z_]{1,64}$/.test(code) ? code : "no answer";
}

/** As the provider takes it; Basic is what all must (RFC 6749, 2.3.1). */
function authenticationAt(server: oauth.AuthorizationServer, secret: string): oauth.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const isBasic = methods.includes("client_secret_basic");
  return !isBasic && methods.includes("client_secret_post")
    ? oauth.ClientSecretPost(secret)
    : oauth.ClientSecretBasic(secret);
}

const address = z.url().refine(isPrivateAddress);
const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

/** @throws where it is of another issuer, or lacks what the flow needs */
function readMetadata(issuer: string, json: unknown, deps: IssuerDependencies): Discovered {
  const { data, success } = metadataSchema.safeParse(json);
  if (!success || data.issuer !== issuer)
    throw new LoggableError("a login provider's configuration is not that of its issuer");
  const { authorization_endpoint: authorizationEndpoint, jwks_uri: keysAddress, ...others } = data;
  const signing = others.id_token_signing_alg_values_supported;
  const methods = others.token_endpoint_auth_methods_supported;
  const server: oauth.AuthorizationServer = {
    issuer,
    token_endpoint: data.token_endpoint,
    ...(signing === undefined ? {} : { id_token_signing_alg_values_supported: signing }),
    ...(methods === undefined ? {} : { token_endpoint_auth_methods_supported: methods }),
    authorization_response_iss_parameter_supported:
      data.authorization_response_iss_parameter_supported ?? false,
  };
  return { server, authorizationEndpoint, keys: new KeySet(keysAddress, deps) };
}
