/** @import { ApiChoice } from "../../contract.ts" */

/**
 * How choices are called on the page.
 * @type {Record<ApiChoice, string>}
 */
export const choiceWords = { yes: "Yes", no: "No", abstain: "Abstain" };
