import type { SessionGrant, SessionRecord } from "../../auth/session.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { limits } from "../../shared/limits.ts";
import { requireAdmission } from "../middleware/admission.ts";
import { Problem } from "../problem.ts";
import { sessionCookie } from "../requests/session-cookie.ts";

/**
 * Begins a session of its own secret, in place of the one that the browser had: nobody who knew
 * that one has part in this.
 * @throws {Problem} rate.exceeded, sessions.full, key.invalid
 */
export async function beginSession(
  deps: HttpDependencies,
  grant: SessionGrant,
  request: Request,
): Promise<{ session: SessionRecord; cookie: string }> {
  await requireAdmission(deps, "exchange", `sign-in ${grant.keyId}`);
  const { id, text, digest } = deps.sessionSecrets.make();
  const beganAt = deps.now();
  const session = { ...grant, id, digest, beganAt, expiresAt: beganAt + limits.sessionMs };
  const before = sessionCookie.of(request);
  const replaced = before === null ? null : deps.sessionSecrets.idIn(before);
  const reply = await deps.sessions.begin(session, replaced);
  if (reply === "full") throw new Problem("sessions.full");
  if (reply === "revoked") throw new Problem("key.invalid");
  return { session, cookie: sessionCookie.keep(text) };
}
