import type { SessionState } from "../../contract.ts";

/** Codes with which a call is refused that nobody signed in has sent. */
const signedOutCodes: ReadonlySet<string> = new Set(["session.ended", "credential.missing"]);

/**
 * Whether a call was refused because nobody is signed in any more: it has changed nothing. To
 * strangers a draft is not there, so what is not found may be of an ended session, too.
 */
export async function isSessionOver(status: number, code: string): Promise<boolean> {
  if (status === 401) return signedOutCodes.has(code);
  if (code !== "decision.not_found") return false;
  const answer = await fetch("/api/v1/session", { cache: "no-store", credentials: "same-origin" });
  if (!answer.ok) return false;
  // The contract fixes its shape.
  const { session } = (await answer.json()) as SessionState;
  return session === null;
}
