import { limits } from "../shared/limits.ts";
import { publicationPaths, SourceError, type PublicationSource } from "./publication-source.ts";

/** Which instance and decision, and how it is asked. */
export interface HttpSourceOptions {
  origin: string;
  decisionId: string;
  /** An API key; without one everything is asked as the public. */
  credential?: string;
  signal?: AbortSignal;
  /** The platform's own unless given. */
  fetch?: typeof fetch;
}

/** Reads a publication from an instance, by its public routes. */
export function httpSource(options: HttpSourceOptions): PublicationSource {
  const { origin, decisionId, credential, signal } = options;
  const send = options.fetch ?? fetch;
  const paths = publicationPaths(decisionId);
  const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
  const open = async (name: keyof typeof paths): Promise<ReadableStream<Uint8Array>> => {
    let answer: Response;
    try {
      const url = new URL(paths[name], origin);
      answer = await send(url, { headers, ...(signal === undefined ? {} : { signal }) });
    } catch (error) {
      signal?.throwIfAborted();
      throw new SourceError(name, "unreachable", { cause: error });
    }
    if (!answer.ok) throw new SourceError(name, await codeOf(answer));
    return answer.body ?? new Blob([]).stream();
  };
  return {
    openList: open,
    async readDocument(name) {
      return readAll(await open(name), name);
    },
  };
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
