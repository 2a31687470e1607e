import { queryOptions } from "@tanstack/react-query";
import { readResource } from "../../api/read-api.ts";
import type { SessionState } from "../../contract.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";

/** Who is signed in. */
export type Session = NonNullable<SessionState["session"]>;

const minute = 60_000;

/** Who is signed in in this browser, and where one may sign in besides with a key. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => readResource<SessionState>(readAsSignedIn, "/api/v1/session", signal),
  staleTime: minute,
  // At its end, however far this clock is from the server's.
  refetchInterval: ({ state }) => {
    const session = state.data?.session ?? null;
    return session === null ? false : Math.max(minute, Date.parse(session.expires_at) - Date.now());
  },
});
