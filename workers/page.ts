import type { ReadApi } from "../src/web/server/render-request.ts";
import { readTemplate, type PageTemplate } from "../src/web/server/page-template.ts";
import { appOf } from "./app.ts";

/** Where the build has put the page's frame; nobody asks for it by that name. */
const templatePath = "/page.html";
const apiPaths = /^\/(?:api|\.well-known)\/|^\/(?:healthz|readyz)$/;

let template: Promise<PageTemplate> | undefined;

/** Whether a request is for a page, and not for the API. */
export function isPageRequest({ method, url }: Request): boolean {
  return (method === "GET" || method === "HEAD") && !apiPaths.test(new URL(url).pathname);
}

/** A page, rendered from what the API's own routes answer to whoever asks. */
export async function servePage(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response> {
  const url = new URL(request.url);
  const { renderPage } = await import("page-renderer");
  const ask: ReadApi = async (path) =>
    appOf(env).fetch(new Request(new URL(path, url), { headers: askedFor(request) }), env, ctx);
  return renderPage({ url, template: await loadTemplate(env, url), ask });
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
