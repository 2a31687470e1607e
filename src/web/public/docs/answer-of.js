/** @import { ApiAnswer, ApiDocument, ApiReference } from "../../contract.ts" */

/**
 * An answer of a route, which may stand among the components that routes share.
 * @param {ApiAnswer | ApiReference} answer
 * @param {Pick<ApiDocument, "components">} api
 * @returns {ApiAnswer}
 */
export function answerOf(answer, api) {
  if (!("$ref" in answer)) return answer;
  const name = answer.$ref.split("/").at(-1) ?? "";
  return api.components.responses?.[name] ?? { description: "" };
}
