// The main module of the Worker on the local platform: the built bundle, behind the page's files.
//
// On Cloudflare a request for a file in [assets] never reaches the Worker. Miniflare does that with two more Workers in front of
// every request, which costs two thirds of the speed. Here only a GET outside the API asks for a file, in the Worker itself, so votes and
// results are served as they are by the bare runtime.
import worker from "./index.js";

export * from "./index.js";

const apiPath = /^https?:\/\/[^/]+\/api\//;

export default {
  ...worker,
  async fetch(request, env, ctx) {
    if (request.method === "GET" && !apiPath.test(request.url)) {
      const file = await env.PAGE_FILES.fetch(request.clone());
      if (file.status !== 404) return file;
    }
    return worker.fetch(request, env, ctx);
  },
};
