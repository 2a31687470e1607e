import { button, element } from "../page/element.js";
import { decisionAddress } from "../page/route.js";

/** @import { BallotToken } from "./ballot-token.js" */

/**
 * For a token that belongs to another decision: offers to go there. The token travels in the
 * fragment, which is sent to no server and is taken out of the address on arrival.
 * @param {{ ballot: BallotToken, onOtherToken: () => void }} options
 */
export function otherDecisionStep({ ballot, onOtherToken }) {
  const address = `${decisionAddress(ballot.claims.decisionId)}#token=${ballot.token}`;
  return element(
    "div",
    { class: "step", role: "alert" },
    element("p", { class: "done" }, "This ballot token is for another decision"),
    element(
      "p",
      {},
      "It was made for ",
      element("code", {}, ballot.claims.decisionId),
      " and can’t be used here.",
    ),
    element(
      "div",
      { class: "actions" },
      button("Go to that decision", () => location.assign(address), "button strong"),
      button("Enter another token", onOtherToken),
    ),
  );
}
