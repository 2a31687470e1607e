import { isOver } from "./status.js";

/**
 * @import { ApiDecision } from "../../contract.ts"
 *
 * @typedef {object} CurrentPorts
 * @property {() => Promise<ApiDecision>} readDecision
 * @property {(decision: ApiDecision) => void} show
 * @property {(act: () => void, ms: number) => void} setTimer
 * @property {() => number} random from 0 to 1
 */

/** The screens that follow one decision ask within this time of each other, not in one instant. */
const spreadMs = 4_000;
/**
 * What did not answer, or had nothing new, is asked again at this distance, then at twice the one
 * before: most are certified in seconds, a few wait for somebody to repair a database.
 */
const readAgainMs = 5_000;
const readAgainMsMax = 300_000;

/**
 * Reads a decision again where its result says too little: it has closed, and is not certified yet,
 * which moves no figure; or its end has passed and it is still open, since it was extended.
 * @param {CurrentPorts} ports
 */
export function keepCurrent({ readDecision, show, setTimer, random }) {
  let isAsked = false;
  let distanceMs = readAgainMs;
  const readOnce = async () => {
    // What is shown stays where there is no answer.
    const latest = await readDecision().catch(() => null);
    if (latest !== null) show(latest);
    setTimer(() => {
      isAsked = false;
    }, distanceMs);
    distanceMs = Math.min(distanceMs * 2, readAgainMsMax);
  };
  return {
    /**
     * @param {ApiDecision} decision as it is shown
     * @param {number} now the server's time in ms
     */
    tick(decision, now) {
      if (isAsked || !saysTooLittle(decision, now)) return;
      isAsked = true;
      setTimer(() => void readOnce(), random() * spreadMs);
    },
  };
}

/**
 * @param {ApiDecision} decision
 * @param {number} now
 */
function saysTooLittle({ status, closes_at: closesAt, closed_at: closedAt }, now) {
  if (isOver(status)) return closedAt === null || status !== "certified";
  return status === "open" && closesAt !== null && now >= Date.parse(closesAt);
}
