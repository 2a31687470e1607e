/** @import { ApiDecision } from "../../contract.ts" */

/**
 * Before a vote is sent: what can be changed later, and with what.
 * @param {Pick<ApiDecision, "revote_policy" | "stations" | "login">} decision
 * @param {boolean} isStored whether this browser keeps the receipt
 */
export function changeWords({ revote_policy: policy, stations, login }, isStored) {
  if (policy === "final") return "Once cast, it can’t be changed.";
  const means = [
    isStored ? "from this browser or with the receipt" : "with the receipt",
    ...(login === null ? [] : ["by logging in anew"]),
    ...(stations === "overrides" ? ["at a polling station"] : []),
  ];
  const change = `Until voting closes you can change it or take it back ${means.join(", or ")}.`;
  const isLast = login === null && stations !== "overrides";
  return isLast ? `${change} Without it your vote stands: nobody can change it for you.` : change;
}

/**
 * Before a vote is sent: what stays in this browser.
 * @param {boolean} isStored
 */
export function keepingWords(isStored) {
  return isStored
    ? "This browser keeps your choice and its receipt, so that the vote can be sent again, checked and changed. On a device that others use, download the receipt and remove it here afterwards."
    : "This browser stores nothing: keep this page open until the receipt is here, and download it.";
}
