import { once } from "node:events";
import {
  createServer,
  request as requestUpstream,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

const compressedTypes = /^(?:text\/(?!event-stream)|application\/json|image\/svg)/;

/** Serves a local deployment with its texts compressed, as Cloudflare does and the local runtime does not. */
export async function serveCompressed(
  upstream: string,
): Promise<{ origin: string; stop: () => void }> {
  const server = createServer((request, response) => {
    forward(upstream, request, response).catch(() => {
      // A browser that leaves ends its stream of events in the middle.
      response.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function forward(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { url = "/", method, headers } = request;
  // The page's own origin, which the API compares with the host that it is asked at.
  const { host: _, ...others } = headers;
  const asked = requestUpstream(new URL(url, upstream), { method, headers: others });
  response.on("close", () => asked.destroy());
  request.pipe(asked);
  const [given] = (await once(asked, "response")) as [IncomingMessage];
  const isCompressed =
    given.headers["content-encoding"] === undefined &&
    compressedTypes.test(given.headers["content-type"] ?? "");
  const { "content-length": length, ...kept } = given.headers;
  response.writeHead(given.statusCode ?? 502, {
    ...kept,
    ...(isCompressed ? { "content-encoding": "gzip" } : {}),
    ...(isCompressed || length === undefined ? {} : { "content-length": length }),
  });
  if (isCompressed) await pipeline(given, createGzip(), response);
  else await pipeline(given, response);
}
