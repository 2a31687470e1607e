/** @import { Choice } from "../../contract.ts" */

/**
 * How choices are called on the page.
 * @type {Record<Choice, string>}
 */
export const choiceWords = { yes: "Yes", no: "No", abstain: "Abstain" };
