import type { Sessions } from "../../ports/sessions.ts";
import { versionedRegistry } from "../objects/versioned-stubs.ts";

/** Sessions in the registry object. No isolate keeps one, so that what is ended is ended at once. */
export function registrySessions(namespace: Env["REGISTRY"]): Sessions {
  // A stub belongs to the request that made it; this object lives as long as the isolate.
  const registry = () => versionedRegistry(namespace);
  return {
    begin: (session, replaced) => registry().beginSession(session, replaced),
    find: (sessionId) => registry().findSession(sessionId),
    end: (sessionId) => registry().endSession(sessionId),
  };
}
