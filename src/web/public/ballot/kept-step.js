import { button, element, setText } from "../page/element.js";
import { findBallot, foundWords } from "./find-ballot.js";
import { receiptCard } from "./receipt-card.js";

/**
 * @import { ApiDecision } from "../../contract.ts"
 * @import { PublishedList } from "./find-ballot.js"
 * @import { KeptBallot } from "./kept-ballots.js"
 *
 * @typedef {{ counted: PublishedList, others: PublishedList }} PublishedLists
 */

/**
 * The ballots that were cast in this browser, once voting is over.
 * @param {{ voters: KeptBallot[][], decision: ApiDecision, lists: PublishedLists }} options
 */
export function keptStep({ voters, decision, lists }) {
  const isPublished = decision.status === "certified";
  const ballots = voters.flatMap((own) =>
    own.map((ballot, index) => ({ ballot, isNewest: index === own.length - 1 })),
  );
  return element(
    "div",
    { class: "step" },
    element(
      "p",
      {},
      isPublished
        ? "Voting is over and the lists are published. Look your ballots up."
        : "Voting is over. Once the result is certified you can look your ballots up here.",
    ),
    ...ballots.flatMap(({ ballot, isNewest }) => [
      receiptCard(ballot, decision.title),
      isPublished ? lookUp(ballot, isNewest, lists) : null,
    ]),
  );
}

/**
 * @param {KeptBallot} ballot
 * @param {boolean} isNewest
 * @param {PublishedLists} lists
 */
function lookUp(ballot, isNewest, lists) {
  const words = element("p", { role: "status" });
  const find = async () => {
    setText(words, "Reading the published lists…");
    setText(words, await wordsOf(ballot, isNewest, lists));
  };
  return element(
    "div",
    { class: "step" },
    button("Find it in the published lists", () => void find()),
    words,
  );
}

/**
 * @param {KeptBallot} ballot
 * @param {boolean} isNewest
 * @param {PublishedLists} lists
 */
async function wordsOf(ballot, isNewest, lists) {
  try {
    const found = await findBallot(ballot.receipt.ballot_hash, lists);
    return foundWords(found, ballot, isNewest);
  } catch {
    return "The lists could not be read just now. Try it again later.";
  }
}
