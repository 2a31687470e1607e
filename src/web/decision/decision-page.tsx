import { useQuery } from "@tanstack/react-query";
import { useParams } from "wouter";
import { decisionQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { PageModule } from "../app/page-module.ts";
import { summarizeDecision } from "../decision/summarize-decision.ts";
import { ReadFailure } from "../ui/read-failure.tsx";

function DecisionPage() {
  const { id = "" } = useParams();
  const { data: decision, error, refetch } = useQuery(decisionQuery(useReadApi(), id));
  if (error !== null) return <ReadFailure error={error} onRetry={refetch} />;
  if (decision === undefined) return null;
  return <h1 dir="auto">{decision.title}</h1>;
}

const page: PageModule = {
  Page: DecisionPage,
  load: ({ queryClient, ask, params }) =>
    queryClient.prefetchQuery(decisionQuery(ask, params["id"] ?? "")),
  summarize: summarizeDecision,
};
export default page;
