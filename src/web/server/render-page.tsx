import { dehydrate, QueryClient } from "@tanstack/react-query";
import { renderToReadableStream } from "react-dom/server";
import { Refusal } from "../api/read-api.ts";
import { App } from "../app/app.tsx";
import { findPage } from "../app/find-page.ts";
import { createI18n } from "../i18n/create-i18n.ts";
import { pageHeaders } from "./page-headers.ts";
import { pageHead } from "./page-head.ts";
import type { RenderPage } from "./page-renderer.ts";
import { fillTemplate } from "./page-template.ts";

/**
 * A page as it is before any script runs: content, title and what was read for it. The answer is 404
 * where no page has the address or the API knows no such thing.
 */
export const renderPage: RenderPage = async ({ url, template, ask }) => {
  const found = findPage(url.pathname);
  const i18n = createI18n("en");
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const address = { params: found?.params ?? {}, search: url.searchParams };
  const page = found === null ? null : (await found.route.importPage()).default;
  await page?.load?.({ ...address, queryClient, i18n, ask });

  const dehydrated = dehydrate(queryClient);
  const stream = await renderToReadableStream(
    <App
      queryClient={queryClient}
      i18n={i18n}
      ask={ask}
      dehydrated={dehydrated}
      at={{ path: url.pathname, search: url.search }}
    />,
  );
  await stream.allReady;
  const summary = page?.summarize({ ...address, queryClient, i18n }) ?? {
    title: "Enviro-Governance",
  };
  const html = fillTemplate(template, {
    head: pageHead({ summary, url, files: template.filesOf.get(found?.route.module ?? "") ?? [] }),
    content: await new Response(stream).text(),
    state: `<script type="application/json" id="state">${safeJson(dehydrated)}</script>`,
  });
  return new Response(html, { status: statusOf(page !== null, queryClient), headers: pageHeaders });
};

/** JSON that can't end its script element. */
function safeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** What the API refused decides: a browser still gets the page, which says why. */
function statusOf(isKnown: boolean, queryClient: QueryClient): number {
  if (!isKnown) return 404;
  const refusal = queryClient
    .getQueryCache()
    .getAll()
    .map(({ state }) => state.error)

    .find((error) => error instanceof Refusal);
  return refusal?.problem.status ?? 200;
}
