import { queryOptions } from "@tanstack/react-query";
import type { Answer } from "../../../client/routes.ts";
import { callApi } from "../api/organiser-api.ts";

export type ReadRollAnswer = Answer<"GET /api/v1/decisions/{decisionId}/roll">;
export type RollInForce = NonNullable<ReadRollAnswer["roll"]>;

/** The roll in force, and how far an upload is. */
export function rollQuery(decisionId: string) {
  return queryOptions({
    queryKey: ["organise", "roll", decisionId],
    queryFn: ({ signal }) =>
      callApi("GET /api/v1/decisions/{decisionId}/roll", { path: { decisionId } }, { signal }),
  });
}
