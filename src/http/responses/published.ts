import type { Disclosure } from "../../decision/decision.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { PublicationPage } from "../../ports/decisions.ts";
import type { PublicationList } from "../../publication/publication-builder.ts";
import { columnsOf } from "../../publication/rows.ts";
import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";
import { requireDecision, requireRemembered, type FindReader } from "../routes/require-decision.ts";
import { csvField, csvStart } from "./csv-field.ts";
import { isUnchanged } from "./etag.ts";

/** Headers of what never changes once it is there; `part` names it among a list's. */
export function immutableHeaders(list: PublicationList, part: string | number) {
  const kept = `public, max-age=${limits.publicationCacheSeconds}, immutable`;
  return {
    etag: `"${list}-${part}"`,
    // What needs a credential no cache keeps.
    "cache-control": list === "openings" ? "no-store" : kept,
  };
}

/** Which page is asked for, and the ETags that the reader has. */
export interface PageRequest {
  decisionId: string;
  list: PublicationList;
  page: number;
  seen: string | undefined;
}

/** A page as JSON, or that the reader has it. */
export async function pageAnswer(
  deps: HttpDependencies,
  { decisionId, list, page, seen }: PageRequest,
  findReader: FindReader,
): Promise<Response> {
  const found = await requirePage(deps, { decisionId, list, page }, findReader);
  const headers = immutableHeaders(list, page);
  if (isUnchanged(seen, headers.etag)) return new Response(null, { status: 304, headers });
  const type = { "content-type": "application/json" };
  return new Response(pageText(page, found), { headers: { ...headers, ...type } });
}

/** @throws {Problem} decision.not_found, publication.not_ready, page.not_found */
async function requirePage(
  deps: HttpDependencies,
  { decisionId, list, page }: Omit<PageRequest, "seen">,
  findReader: FindReader,
): Promise<PublicationPage> {
  const found = await deps.decisions.publicationPage(decisionId, list, page);
  if (found !== null) return found;
  const find = list === "openings" ? requireRemembered : requireDecision;
  const { status } = await find(deps, decisionId, findReader);
  throw new Problem(status === "certified" ? "page.not_found" : "publication.not_ready");
}

/** A page as its JSON answer: the rows stand in it as they were written. */
function pageText(page: number, { first, rows, pages, size }: PublicationPage): string {
  const next = page < pages ? page + 1 : null;
  const items = rows.trimEnd().replaceAll("\n", ",");
  return `{"page":${page},"pages":${pages},"next":${next},"first":${first},"size":${size},"items":[${items}]}`;
}

/** What is exported, and how its rows are written. */
export interface PublishedExport {
  deps: HttpDependencies;
  decisionId: string;
  list: "counted" | "others";
  /** Null for the rows as they are kept, in NDJSON. */
  csv: { disclosure: Disclosure } | null;
  findReader: FindReader;
}

/**
 * A whole list, a page at a time, in constant memory.
 * @throws {Problem} what its first page is refused for, before anything is sent
 */
export async function exportStream({
  deps,
  decisionId,
  list,
  csv,
  findReader,
}: PublishedExport): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const columns = csv === null ? null : columnsOf(list, csv.disclosure);
  const encode = (rows: string): Uint8Array =>
    encoder.encode(columns === null ? rows : csvRows(rows, columns));
  const read = (page: number) => requirePage(deps, { decisionId, list, page }, findReader);
  const first = await read(1);
  let page = 1;
  return new ReadableStream({
    start(controller) {
      if (columns !== null)
        controller.enqueue(encoder.encode(`${csvStart}${columns.join(",")}\r\n`));
    },
    async pull(controller) {
      const { rows, pages } = page === 1 ? first : await reported(deps, decisionId, read(page));
      if (rows !== "") controller.enqueue(encode(rows));
      if (page === pages) controller.close();
      page += 1;
    },
  });
}

/** The answer has begun with a 200: all that is left is to break it off, and to say so. */
async function reported<Read>(
  deps: HttpDependencies,
  decision: string,
  reading: Promise<Read>,
): Promise<Read> {
  try {
    return await reading;
  } catch (error) {
    deps.report("export.broken_off", error, { decision });
    throw error;
  }
}

function csvRows(rows: string, columns: readonly string[]): string {
  const lines = rows.split("\n").slice(0, -1);
  // Written by src/publication/rows.ts and by nothing else.
  const objects = lines.map((line) => JSON.parse(line) as Record<string, string | number | null>);
  return objects
    .map((row) => `${columns.map((name) => csvField(row[name] ?? null)).join(",")}\r\n`)
    .join("");
}
