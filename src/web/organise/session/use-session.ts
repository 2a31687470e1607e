import { createContext, use } from "react";
import type { Session } from "./session-query.ts";

/** The session below `RequireSession`. */
export const SessionContext = createContext<Session | null>(null);

/** Who is signed in; only below `RequireSession`. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("nobody is signed in here");
  return session;
}
