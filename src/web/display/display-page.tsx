import { useQuery } from "@tanstack/react-query";
import { useParams } from "wouter";
import { decisionQuery, resultsQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ReadApi } from "../api/read-api.ts";
import type { PageLoad, PageModule } from "../app/page-module.ts";
import { hasResults } from "../decision/decision-phase.ts";
import { summarizeDecision } from "../decision/summarize-decision.ts";
import { ReadFailure } from "../ui/read-failure.tsx";
import { Wall } from "./wall.tsx";

const openingCheckMs = 5_000;

function DisplayPage() {
  const { id = "" } = useParams();
  const {
    data: decision,
    error,
    refetch,
  } = useQuery({
    ...decisionQuery(useReadApi(), id),
    // A wall is there before voting opens; from then on its result says how far it is.
    refetchInterval: ({ state }) => (state.data?.status === "scheduled" ? openingCheckMs : false),
  });
  if (decision !== undefined) return <Wall key={id} decision={decision} />;
  return error === null ? null : <ReadFailure error={error} onRetry={refetch} />;
}

async function loadDisplay({ queryClient, ask, params }: PageLoad & { ask: ReadApi }) {
  const query = decisionQuery(ask, params["id"] ?? "");
  await queryClient.prefetchQuery(query);
  const decision = queryClient.getQueryData(query.queryKey);
  if (decision === undefined || !hasResults(decision.status)) return;
  const results = resultsQuery(ask, decision.id);
  await queryClient.prefetchQuery(results);
  // What can't be had for the moment the page reads by itself.
  if (queryClient.getQueryData(results.queryKey) === undefined)
    queryClient.removeQueries({ queryKey: results.queryKey });
}

const page: PageModule = {
  Page: DisplayPage,
  load: loadDisplay,
  summarize: summarizeDecision,
};
export default page;
