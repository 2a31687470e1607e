import { generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from "oauth4webapi";
import { sha256Hex } from "../digest.ts";
import type { IssuerDependencies } from "../external-login/issuer-document.ts";
import { nameMacs } from "../name-macs.ts";
import type { SessionGrant } from "../session.ts";
import { grantByClaims } from "./grant-by-claims.ts";
import { loginAttempts } from "./login-attempts.ts";
import { ProviderClient } from "./provider-client.ts";
import type { StaffProvider, StaffProviders } from "./staff-providers.ts";

/**
 * Why there is no login. `mixed_up`: what came back answers no attempt of this browser;
 * `declined`: the provider says so; `not_staff`: no rule gives its claims a role.
 */
export type StaffLoginRefusal =
  | "unknown_provider"
  | "unavailable"
  | "mixed_up"
  | "declined"
  | "invalid"
  | "not_staff";

/** A browser that wants to log in: where it is to come back to, and where it goes on then. */
interface LoginBeginning {
  provider: string;
  redirectUri: string;
  returnTo: string;
}

/** A browser that came back from a provider, with the attempt in its cookie. */
interface LoginReturn {
  /** Whose address it came back to. */
  provider: string;
  attempt: string | null;
  parameters: URLSearchParams;
  redirectUri: string;
}

/** Where the browser is sent, and what its cookie is to keep meanwhile. */
type BegunLogin = { address: string; attempt: string };

type FinishedLogin =
  | { grant: SessionGrant; returnTo: string }
  | { refused: StaffLoginRefusal; returnTo: string | null };

/** Logins of staff at providers that the deployment trusts (OpenID Connect Core 1.0, 3.1). */
export interface StaffLogins {
  /** What is wrong with the deployment's settings, in words that anybody may read. */
  problems: readonly string[];
  providers: readonly { id: string; name: string }[];
  /** What a session by a provider rests on; null where there is no such provider any more. */
  basisOf(provider: string): string | null;
  begin(login: LoginBeginning): Promise<BegunLogin | { refused: StaffLoginRefusal }>;
  finish(login: LoginReturn): Promise<FinishedLogin>;
}

/** @throws when ID_KEYS is not of its form. */
export function staffLogins(
  { providers, problem }: StaffProviders,
  idKeys: string,
  deps: IssuerDependencies,
): StaffLogins {
  const attempts = loginAttempts(idKeys);
  const names = nameMacs(idKeys, { purpose: "staff login/1", macDigits: 16 });
  const known = new Map(
    providers.map((provider) => [
      provider.id,
      { provider, basis: basisOf(provider), client: new ProviderClient(provider, deps) },
    ]),
  );
  return {
    problems: problem === null ? [] : [problem],
    providers: providers.map(({ id, name }) => ({ id, name })),
    basisOf: (id) => known.get(id)?.basis ?? null,
    async begin({ provider, redirectUri, returnTo }) {
      const client = known.get(provider)?.client;
      if (client === undefined) return { refused: "unknown_provider" };
      const drawn = {
        state: generateRandomState(),
        nonce: generateRandomNonce(),
        verifier: generateRandomCodeVerifier(),
      };
      const address = await client.authorizationAddress({ ...drawn, redirectUri });
      if (address === null) return { refused: "unavailable" };
      const attempt = attempts.write({ ...drawn, provider, returnTo, at: deps.now() });
      return { address, attempt };
    },
    async finish({ provider: answering, attempt: written, parameters, redirectUri }) {
      const attempt = written === null ? null : attempts.read(written, deps.now());
      if (attempt === null) return { refused: "mixed_up", returnTo: null };
      const { returnTo } = attempt;
      // Else one provider could have the code of another sent to itself (RFC 9700, 4.4).
      if (attempt.provider !== answering) return { refused: "mixed_up", returnTo };
      const entry = known.get(attempt.provider);
      if (entry === undefined) return { refused: "unknown_provider", returnTo };
      const { provider, basis, client } = entry;
      const claims = await client.claimsOf({ ...attempt, parameters, redirectUri });
      if (typeof claims === "string") return { refused: claims, returnTo };
      const given = grantByClaims(provider.rules, claims);
      if (given === null) return { refused: "not_staff", returnTo };
      // A name of the login, and no person's: it stands in logs that everybody may read.
      const keyId = `${provider.id}:${names.sign(JSON.stringify([provider.issuer, claims.sub]))}`;
      const grant = { ...given, keyId, label: provider.name, decisionId: null };
      return { grant: { ...grant, provider: provider.id, basis }, returnTo };
    },
  };
}

/** Of all but its name and secret, which may be replaced without ending anybody's session. */
function basisOf({ id, issuer, client_id, scope, algorithms, rules }: StaffProvider): string {
  return sha256Hex(JSON.stringify([id, issuer, client_id, scope, algorithms, rules]));
}
