// The main module of the Worker on the local platform: the built bundle, behind the page's files.
//
// On Cloudflare a request for a file in [assets] never reaches the Worker. Miniflare does that with
// two more Workers in front of every request, which costs two thirds of the speed. Here only a GET
// or HEAD outside the API asks for a file, in the Worker itself, so
// votes and results are served as they are by the bare runtime.
import worker from "./index.js";

export * from "./index.js";

const apiPath = /^https?:\/\/[^/]+\/api\//;

const pageMethods = new Set(["GET", "HEAD"]);

export default {
  ...worker,
  fetch(request, env, ctx) {
    const isForPage = pageMethods.has(request.method) && !apiPath.test(request.url);
    return isForPage ? serveFile(request, env, ctx) : worker.fetch(request, env, ctx);
  },
};

async function serveFile(request, env, ctx) {
  const file = await env.ASSETS.fetch(request.clone());
  return file.status === 404 ? worker.fetch(request, env, ctx) : file;
}
