import { limits } from "../shared/limits.ts";
import { publicationPaths, SourceError, type PublicationSource } from "./publication-source.ts";

/** Which instance and decision, and how it is asked. */
export interface HttpSourceOptions {
  origin: string;
  decisionId: string;
  signal?: AbortSignal;
  /** The platform's own unless given. */
  fetch?: typeof fetch;
}

/** Reads a publication from an instance, by its public routes. */
export function httpSource(options: HttpSourceOptions): PublicationSource {
  const { origin, decisionId, signal } = options;
  const send = options.fetch ?? fetch;
  const paths = publicationPaths(decisionId);
  const ask = async (name: keyof typeof paths): Promise<Response> => {
    try {
      const url = new URL(paths[name], origin);
      return await send(url, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new SourceError(name, "unreachable", { cause: error });
    }
  };
  const open = async (name: keyof typeof paths): Promise<ReadableStream<Uint8Array>> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await ask(name);
      if (answer.ok) return answer.body ?? new Blob([]).stream();
      const waitMs = retryAfterMs(answer);
      if (tries >= triesMax || waitMs === null) throw new SourceError(name, await codeOf(answer));
      await answer.body?.cancel();
      await pause(waitMs, signal);
    }
  };
  return {
    openList: open,
    async readDocument(name) {
      return readAll(await open(name), name);
    },
  };
}

/** Exports are limited to some in ten seconds: whoever waits out three windows is served. */
const triesMax = 4;
const waitSecondsMax = 60;

/** How long a refusal asks to be waited for; null where it asks for nothing, or for too long. */
function retryAfterMs({ status, headers }: Response): number | null {
  const given = headers.get("retry-after") ?? "";
  if ((status !== 429 && status !== 503) || !/^\d{1,4}$/.test(given)) return null;
  return Number(given) <= waitSecondsMax ? Number(given) * 1_000 : null;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(new DOMException("the reading was stopped", "AbortError"));
    };
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Reads a stream to its end, or to where it is longer than a document can be. */
export async function readAll(
  stream: ReadableStream<Uint8Array>,
  name: string,
): Promise<Uint8Array> {
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
    if (length <= limits.verifiedDocumentBytesMax) continue;
    await reader.cancel();
    throw new SourceError(name, "too_long");
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The stable code of a problem document (RFC 9457), or the status. */
async function codeOf(answer: Response): Promise<string> {
  try {
    const { code } = JSON.parse(await answer.text()) as { code?: unknown };
    if (typeof code === "string") return code;
  } catch {
    // Something on the way has answered.
  }
  return `status ${answer.status}`;
}
