import { env } from "cloudflare:workers";
import { createApp } from "../../../src/http/app.ts";
import { chooseCache } from "../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import { searchOf } from "../../../src/platform/search.ts";
import type { HttpDependencies } from "../../../src/ports/http-dependencies.ts";
import type { SearchIndex } from "../../../src/search/search.ts";
import { adminKey, api } from "./api.ts";
import { expectDocumented } from "./documented.ts";

export interface FoundBody {
  items: {
    decision: { id: string; title: string };
    highlights: {
      field: string;
      language: string | null;
      parts: { text: string; match: boolean }[];
    }[];
  }[];
  total: number;
  facets: Record<string, { value: string; count: number }[]> | null;
  next: string | null;
  indexed_to: string | null;
  age_ms: number | null;
}

/** The index of the Worker under test. */
export function theIndex(): SearchIndex {
  const index = searchOf(env);
  if (index === null) throw new Error("the tests' deployment has no search");
  return index;
}

/** A search that is answered. */
export async function search(query: Record<string, string>): Promise<FoundBody> {
  const path = `/api/v1/search/decisions?${new URLSearchParams(query).toString()}`;
  const { status, body } = await api<FoundBody>("GET", path);
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body;
}

/** Brings a decision into the index as it is now, whenever the feed comes to it. */
export async function indexNow(id: string): Promise<void> {
  const path = "/api/v1/search/reindex";
  const ask = { key: adminKey, body: { decision_id: id }, afresh: true };
  const { status, body } = await api<{ refused?: string[] }>("POST", path, ask);
  if (status !== 200 || body.refused?.length !== 0)
    throw new Error(`${id} is not in the index: ${JSON.stringify(body)}`);
}

interface PortionBody {
  done: boolean;
  decisions: number;
  ballots: number;
  refused: string[];
  next: string | null;
}

/** A portion of a reindex. */
export function reindex(body: object) {
  const path = "/api/v1/search/reindex";
  return api<PortionBody>("POST", path, { key: adminKey, body });
}

/** Fills the index again from the record. */
export async function reindexAll(): Promise<void> {
  for (let after: string | null = null; ;) {
    const { status, body }: { status: number; body: PortionBody } = await reindex(
      after === null ? {} : { after },
    );
    if (status !== 200 || body.refused.length !== 0 || body.done !== (body.next === null))
      throw new Error(`the index is not filled again: ${JSON.stringify(body)}`);
    if (body.next === null) return;
    after = body.next;
  }
}

/** Asks a Worker in which some parts are replaced. */
export async function sendTo(
  replaced: Partial<HttpDependencies>,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const app = createApp({ ...httpDependencies(env, chooseCache(env)), ...replaced });
  const request = new Request(`https://enviro.example${path}`, init);
  const response = await app.fetch(request);
  await expectDocumented(request, response);
  return response;
}

/** A word that no other test has. */
export function ownWord(): string {
  return `w${crypto.randomUUID().replaceAll("-", "")}`;
}
