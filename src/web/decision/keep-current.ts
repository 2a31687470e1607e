import type { ApiDecision } from "../contract.ts";
import { isOver } from "./decision-phase.ts";

/** What a page that follows a decision needs of the world. */
export interface CurrentPorts {
  /** Reads the decision, whose answer is shown by whoever asked; rejects where none came. */
  readDecision: () => Promise<unknown>;
  setTimer: (act: () => void, ms: number) => void;
  /** From 0 to 1. */
  random: () => number;
}

/** The screens that follow one decision ask within this time of each other, not in one instant. */
const spreadMs = 4_000;
/**
 * What did not answer, or had nothing new, is asked again at this distance, then at twice the one
 * before: most are certified in seconds, a few wait for somebody to repair a database.
 */
const readAgainMs = 5_000;
const readAgainMsMax = 300_000;

/** As much of a decision as says whether it is current. */
export type CurrentDecision = Pick<ApiDecision, "status" | "opens_at" | "closes_at" | "closed_at">;

/**
 * Reads a decision again where its result says too little: it was to open; it has closed, and is
 * not certified yet, which moves no figure; or its end has passed and it is still open, since it was
 * extended.
 */
export function keepCurrent({ readDecision, setTimer, random }: CurrentPorts) {
  let isAsked = false;
  let distanceMs = readAgainMs;
  let lastStatus: ApiDecision["status"] | null = null;
  const readOnce = async (): Promise<void> => {
    // What is shown stays where there is no answer.
    await readDecision().catch(() => null);
    setTimer(() => {
      isAsked = false;
    }, distanceMs);
    distanceMs = Math.min(distanceMs * 2, readAgainMsMax);
  };
  return {
    /** Looks at the decision as it is shown; `now` is the server's time in ms. */
    tick(decision: CurrentDecision, now: number): void {
      if (decision.status !== lastStatus) distanceMs = readAgainMs;
      lastStatus = decision.status;
      if (isAsked || !saysTooLittle(decision, now)) return;
      isAsked = true;
      setTimer(() => void readOnce(), random() * spreadMs);
    },
  };
}

function saysTooLittle(
  { status, opens_at: opensAt, closes_at: closesAt, closed_at: closedAt }: CurrentDecision,
  now: number,
): boolean {
  if (status === "scheduled") return opensAt !== null && now >= Date.parse(opensAt);
  if (isOver(status)) return closedAt === null || status !== "certified";
  return status === "open" && closesAt !== null && now >= Date.parse(closesAt);
}
