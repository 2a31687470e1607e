import { deploymentKeyId, type ApiKeyRecord, type KeyRole } from "../../auth/api-key.ts";
import { sha256Hex } from "../../auth/digest.ts";
import { isSecretWithDigest } from "../../auth/named-secrets.ts";
import type { SessionRecord } from "../../auth/session.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { isSameText } from "../../shared/same-text.ts";
import { Problem } from "../problem.ts";
import { isSameOrigin } from "../requests/same-origin.ts";
import { sessionCookie } from "../requests/session-cookie.ts";
import { requireAdmission } from "./admission.ts";

/** Who asks with an API key, or in a session that has the rights of one. */
export interface CredentialHolder extends Pick<ApiKeyRecord, "decisionId" | "owner"> {
  role: KeyRole;
  keyId: string;
  session: string | null;
}

/** A key that is good. `digest` is what a session with it rests on. */
export type GoodKey = Pick<
  ApiKeyRecord,
  "id" | "role" | "label" | "decisionId" | "owner" | "digest"
>;

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Who sends a request: by its Authorization header, else by its session.
 * @throws {Problem} credential.missing, key.invalid, role.forbidden, session.ended,
 * session.cross_site, rate.exceeded
 */
export async function findHolder(
  deps: HttpDependencies,
  request: Request,
): Promise<CredentialHolder> {
  const authorization = request.headers.get("authorization");
  const cookie = authorization === null ? sessionCookie.of(request) : null;
  if (cookie === null) {
    const { id, ...key } = await findKey(deps, bearer(authorization));
    return { ...key, keyId: id, session: null };
  }
  requireOwnOrigin(request);
  const { id, ...session } = await requireSession(deps, cookie);
  return { ...session, session: id };
}

/**
 * What holds again and again, at little cost, that the credential of a request is still good: of a
 * key what does not change is found once.
 * @throws {Problem} what `findHolder` throws, as the check does
 */
export function credentialCheck(deps: HttpDependencies, request: Request): () => Promise<void> {
  const findAnew = async () => void (await findHolder(deps, request));
  const authorization = request.headers.get("authorization");
  if (authorization === null) return findAnew;
  const key = bearer(authorization);
  // Only a deploy changes it.
  if (isAdminKey(deps, key)) return () => Promise.resolve();
  const id = deps.apiKeyNames.idIn(key);
  if (id === null) return findAnew;
  const digest = sha256Hex(key);
  return async () => {
    const record = await deps.apiKeys.find(id);
    if (record === null || !isSameText(record.digest, digest)) throw new Problem("key.invalid");
  };
}

/** Whether a request has anything by which its sender might be known. */
export function mayHaveCredential(request: Request): boolean {
  return request.headers.has("authorization") || sessionCookie.of(request) !== null;
}

/**
 * A browser sends the cookie along whoever wrote the request. What changes something counts from a
 * page of this origin alone, and so does a WebSocket, which any page may open and read.
 * @throws {Problem} session.cross_site
 */
export function requireOwnOrigin(request: Request): void {
  const isSafe = safeMethods.has(request.method) && !request.headers.has("upgrade");
  if (!isSafe && !isSameOrigin(request)) throw new Problem("session.cross_site");
}

/** The session of a cookie, counted by its id before anything is called. */
async function requireSession(deps: HttpDependencies, cookie: string): Promise<SessionRecord> {
  const id = deps.sessionSecrets.idIn(cookie);
  if (id === null) throw new Problem("session.ended");
  await requireAdmission(deps, "key", `session ${id}`);
  const session = await deps.sessions.find(id);
  if (session === null || !isGoodSession(deps, session, cookie)) throw new Problem("session.ended");
  return session;
}

/**
 * The session of a request, or null where it has none that is good.
 * @throws {Problem} rate.exceeded
 */
export async function findSession(
  deps: HttpDependencies,
  request: Request,
): Promise<SessionRecord | null> {
  const cookie = sessionCookie.of(request);
  if (cookie === null) return null;
  try {
    return await requireSession(deps, cookie);
  } catch (error) {
    if (error instanceof Problem && error.code === "session.ended") return null;
    throw error;
  }
}

/** Whether its secret is the cookie's, its time not over, and what it rests on still there. */
function isGoodSession(deps: HttpDependencies, session: SessionRecord, cookie: string): boolean {
  const { digest, expiresAt, keyId, provider, basis } = session;
  if (!isSecretWithDigest(cookie, digest) || expiresAt <= deps.now()) return false;
  if (provider !== null) return basis === deps.staffLogins.basisOf(provider);
  return keyId !== deploymentKeyId || basis === deps.adminKeyDigest;
}

/** @throws {Problem} key.invalid, role.forbidden */
export async function findKey(deps: HttpDependencies, key: string): Promise<GoodKey> {
  if (isAdminKey(deps, key)) return { ...firstAdmin, digest: deps.adminKeyDigest };
  const id = deps.apiKeyNames.idIn(key);
  if (id === null) {
    const verdict = deps.tokens.verify(key, deps.now());
    // A voter at a door for keys is known, and not let in; anything else is not known.
    throw new Problem("grant" in verdict ? "role.forbidden" : "key.invalid");
  }
  const record = await deps.apiKeys.find(id);
  if (record === null || !isSecretWithDigest(key, record.digest)) throw new Problem("key.invalid");
  return record;
}

const firstAdmin = {
  id: deploymentKeyId,
  role: "admin",
  label: "The deployment's own key",
  decisionId: null,
  owner: null,
} as const;

export function isAdminKey(deps: HttpDependencies, key: string): boolean {
  return isSecretWithDigest(key, deps.adminKeyDigest);
}

/** @throws {Problem} credential.missing */
export function bearer(header: string | null | undefined): string {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  if (token === undefined) throw new Problem("credential.missing");
  return token;
}
