import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { useReadApi } from "../api/read-api-context.ts";
import { searchQuery } from "../api/search-queries.ts";
import type { PageModule } from "../app/page-module.ts";
import { Loading } from "../ui/loading.tsx";
import { FoundList } from "./found-list.tsx";
import { SearchFailure } from "./search-failure.tsx";
import { SearchField } from "./search-field.tsx";
import "./search-page.css";
import { readWantedSearch } from "./wanted-search.ts";

const formId = "search";

function SearchPage() {
  const [search] = useSearchParams();
  const wanted = readWantedSearch(search);
  const found = useInfiniteQuery({
    ...searchQuery(useReadApi(), wanted),
    // While other boxes are ticked, what was found stays in its place.
    placeholderData: (before) => before,
  });
  const { data, error, refetch } = found;
  return (
    <>
      <header className="search-head">
        <h1>
          <Trans>Search decisions</Trans>
        </h1>
        <SearchField words={wanted.words} formId={formId} />
      </header>
      {data === undefined && error !== null ? (
        <SearchFailure error={error} onRetry={refetch} />
      ) : data === undefined ? (
        <Loading />
      ) : (
        <FoundList formId={formId} wanted={wanted} found={found} />
      )}
    </>
  );
}

const page: PageModule = {
  Page: SearchPage,
  load: ({ queryClient, ask, search }) =>
    queryClient.prefetchInfiniteQuery(searchQuery(ask, readWantedSearch(search))),
  summarize: ({ i18n, search }) => {
    const { words } = readWantedSearch(search);
    return {
      title:
        words === ""
          ? t(i18n)`Search decisions · Enviro-Governance`
          : t(i18n)`Search: ${words} · Enviro-Governance`,
    };
  },
};
export default page;
