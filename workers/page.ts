import { pathOf } from "../src/http/requests/path-of.ts";
import { chooseLanguage } from "../src/web/server/choose-language.ts";
import { negotiateLocale } from "../src/web/server/negotiate-locale.ts";
import type { ReadApi } from "../src/web/server/render-request.ts";
import { readTemplate, type PageTemplate } from "../src/web/server/page-template.ts";
import { reportFailure } from "../src/platform/report-failure.ts";
import { meterOf } from "../src/platform/metrics/isolate-meter.ts";
import { hasSearch } from "../src/platform/search.ts";
import { admitsPage, appOf } from "./app.ts";

/** Where the build has put the page's frame; nobody asks for it by that name. */
const templatePath = "/page.html";
const retryAfterSeconds = "10";
const apiPaths = /^\/(?:api|\.well-known)\/|^\/(?:healthz|readyz|metrics)$/;

let template: Promise<PageTemplate> | undefined;

/** Whether a request is for a page, and not for the API. */
export function isPageRequest({ method, url }: Request): boolean {
  return (method === "GET" || method === "HEAD") && !apiPaths.test(pathOf(url));
}

/** A page, rendered from what the API's own routes answer to whoever asks; its time is measured. */
export async function servePage(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response> {
  const arrivedAt = Date.now();
  const answer = await renderOrRefuse(request, env, ctx);
  const labels = {
    "http.request.method": request.method,
    "http.route": "page",
    status_class: `${Math.floor(answer.status / 100)}xx`,
  };
  meterOf(env).record("http.server.request.duration", labels, (Date.now() - arrivedAt) / 1_000);
  return answer;
}

async function renderOrRefuse(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response> {
  const url = new URL(request.url);
  // A file of another release: no page has such an address.
  if (url.pathname.startsWith("/assets/")) return plainAnswer(404, "There is no such file.");
  const chosen = chooseLanguage(url);
  if (chosen !== null) return chosen;
  try {
    if (!(await admitsPage(env, request))) {
      return plainAnswer(429, "Too many requests. Wait ten seconds, then load the page again.");
    }
    const { renderPage } = await import("page-renderer");
    const ask: ReadApi = async (path) =>
      appOf(env).fetch(new Request(new URL(path, url), { headers: askedFor(request) }), env, ctx);
    const locale = negotiateLocale(request.headers);
    return await renderPage({
      url,
      locale,
      template: await loadTemplate(env, url),
      hasSearch: hasSearch(env),
      ask,
      report,
    });
  } catch (error) {
    report(error);
    return plainAnswer(503, "The page can't be shown right now. Load it again in a moment.");
  }
}

function report(error: unknown): void {
  reportFailure("page.failed", error);
}

/** Where there is no page to render. */
function plainAnswer(status: 404 | 429 | 503, text: string): Response {
  const headers = new Headers({
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "content-type": "text/plain; charset=utf-8",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
  });
  if (status !== 404) headers.set("retry-after", retryAfterSeconds);
  return new Response(`${text}\n`, { status, headers });
}

/** Who asked, for the rates that hold for each address. */
function askedFor({ headers }: Request): Headers {
  const address = headers.get("cf-connecting-ip");
  return new Headers(address === null ? {} : { "cf-connecting-ip": address });
}

async function loadTemplate(env: Env, url: URL): Promise<PageTemplate> {
  template ??= readBuiltPage(env, url).catch((error: unknown) => {
    template = undefined;
    throw error;
  });
  return template;
}

async function readBuiltPage(env: Env, url: URL): Promise<PageTemplate> {
  const answer = await env.ASSETS.fetch(new URL(templatePath, url));
  if (!answer.ok) throw new Error(`the built page was not found: ${answer.status}`);
  return readTemplate(await answer.text());
}
