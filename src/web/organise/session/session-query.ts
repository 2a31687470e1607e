import { queryOptions } from "@tanstack/react-query";
import { readResource } from "../../api/read-api.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";

/** Who is signed in. */
export type Session = {
  id: string;
  role: "organiser" | "auditor" | "admin";
  /** Whom an organiser speaks for. */
  owner: string | null;
  label: string;
  /** The one decision that it is good for; null for all. */
  decision_id: string | null;
  expires_at: string;
};

/** The session of this browser, and where one may sign in besides with a key. */
export type SessionState = {
  session: Session | null;
  providers: { id: string; name: string }[];
};

/** Who is signed in in this browser. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => readResource<SessionState>(readAsSignedIn, "/api/v1/session", signal),
  staleTime: 60_000,
});
