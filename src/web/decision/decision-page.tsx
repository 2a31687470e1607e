import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "wouter";
import { decisionQuery, outcomeQuery, resultsQuery, ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { Refusal } from "../api/read-api.ts";
import { listAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import type { PageLoad, PageModule } from "../app/page-module.ts";
import type { ReadApi } from "../api/read-api.ts";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { DecisionArticle } from "./decision-article.tsx";
import { hasResults, isOver } from "./decision-phase.ts";
import { summarizeDecision } from "./summarize-decision.ts";

/** What the Worker has just read needs no second reading; `keepCurrent` knows when it does. */
const freshMs = 60_000;

function DecisionPage() {
  const { id = "" } = useParams();
  const { data, dataUpdatedAt, error, refetch } = useQuery({
    ...decisionQuery(useReadApi(), id),
    staleTime: freshMs,
  });
  // What is shown stays where reading it again failed.
  if (data !== undefined)
    return <DecisionArticle key={id} decision={data} readAt={dataUpdatedAt} />;
  if (error === null) return <Loading />;
  return isUnknown(error) ? <NoSuchDecision /> : <ReadFailure error={error} onRetry={refetch} />;
}

function isUnknown(error: Error): boolean {
  return error instanceof Refusal && error.problem.status === 404;
}

function NoSuchDecision() {
  return (
    <Notice title={<Trans>There is no such decision</Trans>} isProblem isPage>
      <p>
        <Trans>
          The address may be mistyped, or the decision may not be public. Ask whoever sent it to
          you, or look through the list.
        </Trans>
      </p>
      <Link className="button" href={listAddress()}>
        <Trans>All decisions</Trans>
      </Link>
    </Notice>
  );
}

/** The decision, its result, and what the rule says of it where that can be had. */
async function loadDecision({ queryClient, ask, params }: PageLoad & { ask: ReadApi }) {
  const query = decisionQuery(ask, params["id"] ?? "");
  await queryClient.prefetchQuery(query);
  const decision = queryClient.getQueryData(query.queryKey);
  if (decision === undefined) return;
  const { id, status } = decision;
  const rule = ruleQuery(ask, id);
  const results = resultsQuery(ask, id);
  const outcome = outcomeQuery(ask, id);
  await Promise.all([
    queryClient.prefetchQuery(rule),
    hasResults(status) && queryClient.prefetchQuery(results),
    mayShowCounts(decision) && queryClient.prefetchQuery(outcome),
  ]);
  // What is not there for the moment is read by the page itself, and is no failure of all of it.
  for (const { queryKey } of [rule, results, outcome]) {
    if (queryClient.getQueryData(queryKey) === undefined) queryClient.removeQueries({ queryKey });
  }
}

function mayShowCounts({ status, visibility }: ApiDecision): boolean {
  return hasResults(status) && (visibility === "live" || isOver(status));
}

const page: PageModule = {
  Page: DecisionPage,
  load: loadDecision,
  summarize: summarizeDecision,
};
export default page;
