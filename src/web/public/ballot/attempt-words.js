import { choiceWords } from "../result/choice-words.js";

/** @import { VoteAttempt } from "./send-vote.js" */

/**
 * What the page says of a vote, or of one that is taken back, while it is under way and once it has
 * an answer.
 * @param {VoteAttempt["choice"]} choice
 */
export function attemptWords(choice) {
  if (choice === "withdrawn") {
    return {
      sending: "Taking your vote back…",
      recorded: "Your vote is taken back. Nothing of yours is counted until you vote again.",
      busy: "The server is busy; your vote is not taken back yet",
      unknown: "We don’t know yet whether your vote was taken back",
      again: "Vote again",
    };
  }
  return {
    sending: "Sending your vote…",
    recorded: `Your vote, ${choiceWords[choice]}, is recorded.`,
    busy: "The server is busy; your vote is not recorded yet",
    unknown: "We don’t know yet whether your vote arrived",
    again: "Change my vote",
  };
}
