import type { ApiAnswer, ApiDocument, ApiReference } from "../contract.ts";

/** An answer of a route, which may stand among the components that routes share. */
export function answerOf(
  answer: ApiAnswer | ApiReference,
  api: Pick<ApiDocument, "components">,
): ApiAnswer {
  if (!("$ref" in answer)) return answer;
  const name = answer.$ref.split("/").at(-1) ?? "";
  return api.components.responses?.[name] ?? { description: "" };
}
