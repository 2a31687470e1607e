import { z } from "zod";
import { readBounded } from "../../shared/bounded-text.ts";
import { limits } from "../../shared/limits.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import { SearchUnavailable } from "../search.ts";
import type { EngineSettings } from "../settings.ts";

export interface EngineRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** From the `/` on, with its query. */
  path: string;
  /** A document, or the lines of `_bulk`. */
  body?: object | string;
  /** How long it may take in ms; that of a search where it is left out. */
  msMax?: number;
}

export interface EngineAnswer {
  status: number;
  body: unknown;
}

/**
 * Asks OpenSearch or Elasticsearch.
 * @throws {SearchUnavailable} no answer, or one that says that asking again later is right
 */
export type EngineClient = (request: EngineRequest) => Promise<EngineAnswer>;

/** Over plain HTTP: the official clients don't start in a Worker, or refuse the other engine. */
export function engineClient({ url, username, password }: EngineSettings): EngineClient {
  const headers = {
    accept: "application/json",
    ...(username === "" ? {} : { authorization: basicLogin(username, password) }),
  };
  return async (request) => {
    const { method, path, body, msMax = limits.searchAnswerMsMax } = request;
    const isLines = typeof body === "string";
    const type = isLines ? "application/x-ndjson" : "application/json";
    let status: number;
    let text: string | null;
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: body === undefined ? headers : { ...headers, "content-type": type },
        ...(body === undefined ? {} : { body: isLines ? body : JSON.stringify(body) }),
        redirect: "manual",
        signal: AbortSignal.timeout(msMax),
      });
      ({ status } = response);
      text = await readBounded(response.body, limits.searchAnswerBytesMax);
    } catch (error) {
      throw new SearchUnavailable(error);
    }
    if (text === null) throw unavailable("an answer is larger than any that was asked for");
    const answer = { status, body: parse(text) };
    if (isAnswered(status)) return answer;
    throw unavailable(describeAnswer(answer));
  };
}

/** What a caller may tell apart; anything else passes, or is for an operator. */
function isAnswered(status: number): boolean {
  return (status >= 200 && status < 300) || status === 400 || status === 404 || status === 409;
}

/** @throws {SearchUnavailable} it is no success */
export function expectSuccess(answer: EngineAnswer): unknown {
  if (answer.status >= 300) throw unavailable(describeAnswer(answer));
  return answer.body;
}

/** Asks, and reads what a success says. */
export async function ask<Schema extends z.ZodType>(
  client: EngineClient,
  request: EngineRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  return readAs(schema, expectSuccess(await client(request)));
}

/** @throws {SearchUnavailable} the engine answers in a form that this release does not know */
export function readAs<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { success, data } = schema.safeParse(body);
  if (!success) throw unavailable("the search engine answered in another form");
  return data;
}

/** @param message words of ours, numbers and names of indexes */
export function unavailable(message: string): SearchUnavailable {
  return new SearchUnavailable(new LoggableError(message));
}

const errorSchema = z.object({ error: z.object({ type: z.string() }) });

/** The engine's name for what went wrong, `index_not_found_exception`; its reasons quote content. */
export function errorTypeOf(body: unknown): string | null {
  const type = errorSchema.safeParse(body).data?.error.type ?? "";
  return isErrorType(type) ? type : null;
}

export function isErrorType(type: string): boolean {
  return /^[a-z_]{1,80}$/.test(type);
}

function describeAnswer({ status, body }: EngineAnswer): string {
  const type = errorTypeOf(body);
  return `the search engine answered ${status}${type === null ? "" : `: ${type}`}`;
}

function basicLogin(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
