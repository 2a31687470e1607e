import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { hearTabs } from "./session-channel.ts";
import { sessionGate } from "./session-gate.ts";
import { sessionQuery, type Session } from "./session-query.ts";
import { SignIn } from "./sign-in.tsx";
import { SignInAgain } from "./sign-in-again.tsx";
import { isSamePart } from "./same-part.ts";
import { SessionContext } from "./use-session.ts";

/**
 * Its children for whoever is signed in; everybody else is asked to sign in, at the same address.
 * Where a session ends its page stays, below a dialog that asks to sign in again.
 */
export function RequireSession({ children }: { children: (session: Session) => ReactNode }) {
  const { data, error, refetch } = useQuery(sessionQuery);
  const [last, setLast] = useState<Session | null>(null);
  const current = data?.session ?? null;
  if (current !== null && current.id !== last?.id && isSamePart(last ?? current, current))
    setLast(current);
  useEndOfSession(last, current);
  if (last !== null) {
    return (
      <SessionContext value={last}>
        {children(last)}
        <SignInAgain before={last} />
      </SessionContext>
    );
  }
  if (data === undefined) {
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  }
  return <SignIn providers={data.providers} />;
}

/** Asks to sign in again once a session is over, and shows nothing more where somebody signs out. */
function useEndOfSession(last: Session | null, current: Session | null): void {
  const hasEnded = last !== null && current === null;
  useEffect(() => {
    if (hasEnded && !sessionGate.isAsking()) void sessionGate.ask();
  }, [hasEnded]);
  useEffect(
    () =>
      hearTabs((news) => {
        if (news === "signed out") location.reload();
      }),
    [],
  );
}
