import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { sessionQuery, type Session } from "./session-query.ts";
import { SignIn } from "./sign-in.tsx";
import { SessionContext } from "./use-session.ts";

/** Its children for whoever is signed in; everybody else is asked to sign in, at the same address. */
export function RequireSession({ children }: { children: (session: Session) => ReactNode }) {
  const { data, error, refetch } = useQuery(sessionQuery);
  if (data === undefined) {
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  }
  if (data.session === null) return <SignIn />;
  return <SessionContext value={data.session}>{children(data.session)}</SessionContext>;
}
