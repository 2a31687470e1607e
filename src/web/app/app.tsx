import type { I18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import {
  HydrationBoundary,
  QueryClientProvider,
  type DehydratedState,
  type QueryClient,
} from "@tanstack/react-query";
import { lazy, Suspense, useEffect, type ComponentType } from "react";
import { Route, Router, Switch, useLocation, useParams, useSearch } from "wouter";
import { ErrorBoundary } from "../ui/error-boundary.tsx";
import { Loading } from "../ui/loading.tsx";
import { ReadApiContext } from "../api/read-api-context.ts";
import type { ReadApi } from "../api/read-api.ts";
import { Layout } from "./layout.tsx";
import { notFoundPage } from "./not-found-page.tsx";
import { OriginContext } from "./origin-context.ts";
import type { PageModule } from "./page-module.ts";
import { pageRoutes, type PageRoute } from "./routes.ts";

export type AppProps = {
  /** The site's own, for addresses that are read elsewhere. */
  origin: string;
  queryClient: QueryClient;
  i18n: I18n;
  ask: ReadApi;
  /** What the Worker has read for the first page. */
  dehydrated?: DehydratedState | undefined;
  /** Where the Worker renders; a browser knows it by itself. */
  at?: { path: string; search: string };
};

/** The whole site. */
export function App({ origin, queryClient, i18n, ask, dehydrated, at }: AppProps) {
  const place = at === undefined ? {} : { ssrPath: at.path, ssrSearch: at.search };
  return (
    <QueryClientProvider client={queryClient}>
      <HydrationBoundary state={dehydrated}>
        <I18nProvider i18n={i18n}>
          <ReadApiContext value={ask}>
            <OriginContext value={origin}>
              <Router {...place}>
                <Layout>
                  <Pages queryClient={queryClient} i18n={i18n} />
                </Layout>
              </Router>
            </OriginContext>
          </ReadApiContext>
        </I18nProvider>
      </HydrationBoundary>
    </QueryClientProvider>
  );
}

/** The page that the address asks for. */
function Pages({ queryClient, i18n }: TitledPageProps) {
  const [path] = useLocation();
  return (
    <ErrorBoundary resetKey={path}>
      <Suspense fallback={<Loading />}>
        <Switch>
          {lazyPages.map(({ path: pattern, Page }) => (
            <Route key={pattern} path={pattern}>
              <Page queryClient={queryClient} i18n={i18n} />
            </Route>
          ))}
          <Route>
            <TitledNotFoundPage queryClient={queryClient} i18n={i18n} />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

type TitledPageProps = { queryClient: QueryClient; i18n: I18n };

const lazyPages: { path: string; Page: ComponentType<TitledPageProps> }[] = pageRoutes.map(
  (route) => ({ path: route.path, Page: lazyPage(route) }),
);

function lazyPage({ importPage }: PageRoute) {
  return lazy(async () => {
    const page = (await importPage()).default;
    return { default: titled(page) };
  });
}

const TitledNotFoundPage = titled(notFoundPage);

/** The page with the title of its tab, which follows what is loaded. */
function titled({ Page, summarize }: PageModule) {
  return function TitledPage({ queryClient, i18n }: TitledPageProps) {
    const params: Record<string, string> = useParams();
    const search = useSearch();
    useEffect(() => {
      const showTitle = (): void => {
        const address = { params, search: new URLSearchParams(search) };
        document.title = summarize({ ...address, queryClient, i18n }).title;
      };
      showTitle();
      const leaveI18n = i18n.on("change", showTitle);
      const leaveQueries = queryClient.getQueryCache().subscribe(showTitle);
      return () => {
        leaveI18n();
        leaveQueries();
      };
    }, [params, search, queryClient, i18n]);
    return <Page />;
  };
}
