import { useEffect, useState, useSyncExternalStore } from "react";
import type { ApiDecision } from "../contract.ts";
import { BallotSession } from "./ballot-session.ts";
import type { BallotStep } from "./ballot-step.ts";
import { tokenInLink } from "./ballot-token.ts";
import { browserPorts } from "./browser-ports.ts";
import { keptBallotsName } from "./browser-texts.ts";

const resendIntervalMs = 15_000;
/** For how long a page that nobody sees keeps its socket. */
const hiddenMsMax = 60_000;

const starting: BallotStep = { kind: "starting" };
const isStarting = (): BallotStep => starting;
const neverChanges = () => () => undefined;

/** The way of a vote in this browser; null on the Worker and until the page is hydrated. */
export function useBallotSession({ id, electorate }: ApiDecision): {
  session: BallotSession | null;
  step: BallotStep;
} {
  const [session, setSession] = useState<BallotSession | null>(null);
  useEffect(() => {
    const begun = new BallotSession({ id, electorate }, browserPorts(id));
    setSession(begun);
    const stop = followBrowser(begun, id);
    void begun.start(takeLinkedToken());
    return stop;
  }, [id, electorate]);
  const step = useSyncExternalStore(
    session?.subscribe ?? neverChanges,
    session?.step ?? isStarting,
    isStarting,
  );
  return { session, step };
}

/**
 * Takes what the address holds after `#token=`. The address bar, the session's history and every
 * link copied from here on are free of it.
 */
function takeLinkedToken(): string | null {
  const token = tokenInLink(location.hash);
  if (token !== null) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}

/** Tells a session what happens in its browser; answers what ends that. */
function followBrowser(session: BallotSession, decisionId: string): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const resendUnseen = (): void => {
    const step = session.step();
    if (step.kind !== "unsettled" || step.answer === "unreadable") return;
    if (document.visibilityState === "visible") void session.resend({ isUnseen: true });
  };
  addEventListener(
    "hashchange",
    () => {
      const linked = takeLinkedToken();
      if (linked !== null) void session.start(linked);
    },
    { signal },
  );
  addEventListener("online", resendUnseen, { signal });
  document.addEventListener("visibilitychange", resendUnseen, { signal });
  const timer = setInterval(resendUnseen, resendIntervalMs);
  let hidden: ReturnType<typeof setTimeout> | undefined;
  const followVisibility = (): void => {
    clearTimeout(hidden);
    if (document.visibilityState === "visible") session.connect();
    else hidden = setTimeout(session.disconnect, hiddenMsMax);
  };
  document.addEventListener("visibilitychange", followVisibility, { signal });
  addEventListener("pagehide", session.disconnect, { signal });
  addEventListener(
    "storage",
    ({ key }) => {
      if (key === keptBallotsName(decisionId)) void session.followOtherTab();
    },
    { signal },
  );
  addEventListener("popstate", session.goBack, { signal });
  addEventListener(
    "beforeunload",
    (event) => {
      if (session.wouldLose()) event.preventDefault();
    },
    { signal },
  );
  return () => {
    clearInterval(timer);
    clearTimeout(hidden);
    session.disconnect();
    ended.abort();
  };
}
