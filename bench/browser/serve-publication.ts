import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A publication in files, and a list that is made while it is read. */
export interface ServedPublication {
  /** Of `makePublication`. */
  folder: string;
  decisionId: string;
  /** Rows of the list of another decision, "long", which are made up. */
  longRows: number;
  /** Where everything else is asked. */
  upstream: string;
}

const rowsAPage = 800;

/** Serves the page of a deployment with publications that it does not have. */
export async function servePublication(
  served: ServedPublication,
): Promise<{ origin: string; stop: () => void }> {
  const server = createServer((request, response) => {
    answer(served, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { origin: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}

async function answer(
  served: ServedPublication,
  { url = "/", headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(url, served.upstream);
  const file = fileOf(served, pathname, searchParams);
  if (file !== null) {
    response.setHeader("content-type", "application/json");
    await pipeline(createReadStream(join(served.folder, file)), response);
    return;
  }
  const made = madeUp(served, pathname, searchParams);
  if (made !== null) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(made));
    return;
  }
  const accept = headers.accept ?? "*/*";
  const given = await fetch(new URL(url, served.upstream), { headers: { accept } });
  for (const [name, value] of given.headers)
    if (name !== "content-encoding" && name !== "content-length") response.setHeader(name, value);
  response.statusCode = given.status;
  await pipeline(Readable.from(given.body ?? []), response);
}

function fileOf(
  { decisionId }: ServedPublication,
  pathname: string,
  query: URLSearchParams,
): string | null {
  const decision = `/api/v1/decisions/${decisionId}`;
  if (pathname === "/.well-known/enviro-governance/keys") return "keys.json";
  if (pathname === `${decision}/outcome`) return "outcome.json";
  if (pathname === `${decision}/manifest`) return "manifest.json";
  return pathname === `${decision}/export` ? `${query.get("list") ?? "counted"}.ndjson` : null;
}

function madeUp(
  { decisionId, longRows }: ServedPublication,
  pathname: string,
  query: URLSearchParams,
) {
  const isDecision = /^\/api\/v1\/decisions\/([^/]+)$/.exec(pathname)?.[1];
  if (isDecision === decisionId || isDecision === "long") {
    const regions = [{ code: "delta", name: "Delta" }];
    return {
      id: isDecision,
      title: "Bench",
      description: "",
      status: "certified",
      regions,
      disclosure: "pseudonymous",
      weight_max: 1,
    };
  }
  if (pathname !== "/api/v1/decisions/long/votes") return null;
  const page = Number(query.get("page"));
  const pages = Math.ceil(longRows / rowsAPage);
  const first = (page - 1) * rowsAPage + 1;
  const items = Array.from({ length: Math.min(rowsAPage, longRows - first + 1) }, (_, index) => ({
    ballot_hash: ((first + index) * 4_000).toString(16).padStart(10, "0").padEnd(64, "0"),
    choice: "yes",
    region: "delta",
    weight: 1,
  }));
  return { page, pages, next: page < pages ? page + 1 : null, size: longRows, first, items };
}
