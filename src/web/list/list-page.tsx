import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import { decisionListQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { decisionAddress } from "../app/addresses.ts";
import type { PageModule } from "../app/page-module.ts";
import type { ApiDecisionStatus } from "../contract.ts";
import { ReadFailure } from "../ui/read-failure.tsx";

const listedStatuses: readonly ApiDecisionStatus[] = [
  "open",
  "scheduled",
  "closed",
  "certified",
  "cancelled",
];

function wantedStatus(search: URLSearchParams): ApiDecisionStatus | null {
  return listedStatuses.find((status) => status === search.get("status")) ?? null;
}

function ListPage() {
  const [search] = useSearchParams();
  const list = useInfiniteQuery(decisionListQuery(useReadApi(), wantedStatus(search)));
  if (list.error !== null) return <ReadFailure error={list.error} onRetry={list.refetch} />;
  return (
    <>
      <h1>
        <Trans>Decisions</Trans>
      </h1>
      <ol className="rows">
        {list.data?.pages.flatMap(({ items }) =>
          items.map(({ id, title }) => (
            <li key={id}>
              <Link href={decisionAddress(id)}>{title}</Link>
            </li>
          )),
        )}
      </ol>
    </>
  );
}

const page: PageModule = {
  Page: ListPage,
  load: ({ queryClient, ask, search }) =>
    queryClient.prefetchInfiniteQuery(decisionListQuery(ask, wantedStatus(search))),
  summarize: ({ i18n }) => ({
    title: `${t(i18n)`Decisions`} · Enviro-Governance`,
    description: t(
      i18n,
    )`Decisions on the environment, voted on in public: exact live results by region that anyone can recount.`,
  }),
};
export default page;
