import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { ApiProblem } from "../contract.ts";
import { Refusal } from "./read-api.ts";

/** What the API has refused to the Worker, for the page that goes on in the browser. */
export type RefusedQuery = { queryKey: QueryKey; problem: ApiProblem };

/** What was refused, in the order in which it was asked for. */
export function refusedQueries(queryClient: QueryClient): RefusedQuery[] {
  return queryClient
    .getQueryCache()
    .getAll()
    .flatMap(({ queryKey, state: { error } }) =>
      error instanceof Refusal ? [{ queryKey, problem: error.problem }] : [],
    );
}

/** Puts refusals where the page reads them: it shows what the Worker has rendered. */
export function keepRefusals(queryClient: QueryClient, refused: readonly RefusedQuery[]): void {
  for (const { queryKey, problem } of refused) {
    const query = queryClient.getQueryCache().build(queryClient, { queryKey });
    query.setState({ status: "error", error: new Refusal(problem), errorUpdatedAt: Date.now() });
  }
}
