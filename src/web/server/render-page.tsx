import { dehydrate, QueryClient } from "@tanstack/react-query";
import { renderToReadableStream } from "react-dom/server";
import { Refusal } from "../api/read-api.ts";
import { refusedQueries } from "../api/refused-queries.ts";
import { App } from "../app/app.tsx";
import { findPage } from "../app/find-page.ts";
import { notFoundPage } from "../app/not-found-page.tsx";
import type { PageState } from "../app/page-state.ts";
import { createI18n } from "../i18n/create-i18n.ts";
import { allMessages, modulesFor } from "./all-messages.ts";
import { pageHeaders } from "./page-headers.ts";
import { pageHead } from "./page-head.ts";
import { pageModules } from "./page-modules.ts";
import type { RenderPage } from "./page-renderer.ts";
import { fillTemplate } from "./page-template.ts";

/**
 * A page as it is before any script runs: content, title and what was read for it. The answer is 404
 * where no page has the address or the API knows no such thing.
 */
export const renderPage: RenderPage = async ({ url, locale, template, hasSearch, ask, report }) => {
  const found = findPage(url.pathname);
  const i18n = createI18n(locale, await allMessages(locale));
  const queryClient = new QueryClient({
    // What was refused is shown as such, and not as something that still comes.
    defaultOptions: { queries: { retry: false, retryOnMount: false } },
  });
  const address = { params: found?.params ?? {}, search: url.searchParams };
  const page = found === null ? notFoundPage : (await found.route.importPage()).default;
  await page.load?.({ ...address, queryClient, i18n, ask });

  const state: PageState = {
    read: dehydrate(queryClient),
    refused: refusedQueries(queryClient),
  };
  const stream = await renderToReadableStream(
    <App
      origin={url.origin}
      queryClient={queryClient}
      i18n={i18n}
      ask={ask}
      dehydrated={state.read}
      at={{ path: url.pathname, search: url.search }}
    />,
    // All at once and in place: large parts would be moved there by inline scripts, which the
    // content security policy refuses.
    { progressiveChunkSize: Infinity, onError: report },
  );
  await stream.allReady;
  const summary = page.summarize({ ...address, queryClient, i18n });
  const files = modulesFor(
    found === null ? undefined : pageModules[found.route.path],
    locale,
  ).flatMap((module) => template.filesOf.get(module) ?? []);
  const html = fillTemplate(template, {
    locale,
    hasSearch,
    head: pageHead({ summary, url, files }),
    content: await new Response(stream).text(),
    state: `<script type="application/json" id="state">${safeJson(state)}</script>`,
  });
  return new Response(html, {
    status: statusOf(found !== null, queryClient),
    headers: { ...pageHeaders, "content-language": locale },
  });
};

/** JSON that can't end its script element. */
function safeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** What a page reads first it is about: where that is refused, a browser gets a page that says why. */
function statusOf(isKnown: boolean, queryClient: QueryClient): number {
  if (!isKnown) return 404;
  const error = queryClient.getQueryCache().getAll().at(0)?.state.error;
  if (error instanceof Refusal) return error.problem.status;
  return error === null || error === undefined ? 200 : 503;
}
