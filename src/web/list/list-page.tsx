import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { decisionListQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { PageModule } from "../app/page-module.ts";
import { SearchField } from "../search/search-field.tsx";
import { Loading } from "../ui/loading.tsx";
import { Moment } from "../ui/moment.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { DecisionRows } from "./decision-rows.tsx";
import "./list.css";
import { StatusFilter } from "./status-filter.tsx";
import { readWantedList } from "./wanted-list.ts";

function ListPage() {
  const [search] = useSearchParams();
  const wanted = readWantedList(search);
  const list = useInfiniteQuery(decisionListQuery(useReadApi(), wanted));
  const { data, error, refetch } = list;
  if (data === undefined && error !== null) return <ReadFailure error={error} onRetry={refetch} />;
  return (
    <>
      <header className="list-head">
        <h1>
          <Trans>Decisions</Trans>
        </h1>
        <SearchField words="" />
        <StatusFilter current={wanted.status} />
      </header>
      {data === undefined ? <Loading /> : <DecisionRows list={list} wanted={wanted} />}
      {list.isRefetchError ? <StaleList since={list.dataUpdatedAt} /> : null}
    </>
  );
}

function StaleList({ since }: { since: number }) {
  const clock = <Moment iso={new Date(since).toISOString()} show="clock" />;
  return (
    <p className="quiet-line" role="status">
      <Trans>No answer came since {clock}. The page goes on asking.</Trans>
    </p>
  );
}

const page: PageModule = {
  Page: ListPage,
  load: ({ queryClient, ask, search }) =>
    queryClient.prefetchInfiniteQuery(decisionListQuery(ask, readWantedList(search))),
  summarize: ({ i18n }) => ({
    title: t(i18n)`Decisions · Enviro-Governance`,
    description: t(
      i18n,
    )`Decisions on the environment, voted on in public: exact live results by region that anyone can recount.`,
  }),
};
export default page;
