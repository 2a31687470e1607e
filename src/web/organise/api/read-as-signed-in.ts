import { readProblem, readTimeoutMs, type ReadApi } from "../../api/read-api.ts";
import { isSessionOver } from "../session/is-session-over.ts";
import { sessionGate } from "../session/session-gate.ts";

/**
 * Reads as whoever is signed in, so that drafts and what else is theirs is there. Where the session
 * has ended it waits until somebody has signed in again.
 */
export const readAsSignedIn: ReadApi = async (path, signal) => {
  for (;;) {
    const answer = await readOnce(path, signal);
    if (answer.ok) return answer;
    const { status, code } = await readProblem(answer.clone());
    if (!(await isSessionOver(status, code)) || !(await sessionGate.ask())) return answer;
  }
};

function readOnce(path: string, signal: AbortSignal | undefined): Promise<Response> {
  const timeout = AbortSignal.timeout(readTimeoutMs);
  return fetch(path, {
    cache: "no-store",
    credentials: "same-origin",
    headers: { accept: "application/json" },
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
}
