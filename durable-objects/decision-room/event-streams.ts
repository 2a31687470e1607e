import { limits } from "../../src/shared/limits.ts";
import type { WatchMessage } from "./watch-message.ts";

const encoder = new TextEncoder();
/** Proxies drop a silent connection after a minute; a comment (WHATWG HTML, 9.2.6) keeps it. */
const heartbeatMs = 15_000;

/**
 * Readers by server-sent events. A reader that does not keep up is cut off, and comes back with its
 * last id.
 */
export class EventStreams {
  readonly #readers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #heartbeat: ReturnType<typeof setInterval> | null = null;

  get count(): number {
    return this.#readers.size;
  }

  accept(first: readonly WatchMessage[]): Response {
    let reader: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          reader = controller;
          this.#readers.add(controller);
          this.#heartbeat ??= setInterval(() => this.#beat(), heartbeatMs);
          // A first comment opens the stream at the reader even where nothing was missed.
          this.#write(controller, encoder.encode(": open\n\n"));
          for (const message of first) this.#write(controller, encodeEvent(message));
        },
        cancel: () => this.#drop(reader),
      },
      { highWaterMark: limits.streamBacklogBytesMax, size: (chunk) => chunk?.byteLength ?? 0 },
    );
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    });
  }

  send(message: WatchMessage): void {
    if (this.#readers.size === 0) return;
    const event = encodeEvent(message);
    for (const reader of this.#readers) this.#write(reader, event);
  }

  #write(reader: ReadableStreamDefaultController<Uint8Array>, chunk: Uint8Array): void {
    if ((reader.desiredSize ?? 0) >= chunk.byteLength) {
      reader.enqueue(chunk);
    } else {
      this.#drop(reader);
      reader.error(new Error("the reader fell behind"));
    }
  }

  #beat(): void {
    for (const reader of this.#readers) this.#write(reader, encoder.encode(": alive\n\n"));
  }

  #drop(reader: ReadableStreamDefaultController<Uint8Array>): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0 || this.#heartbeat === null) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }
}

function encodeEvent({ type, version, body }: WatchMessage): Uint8Array {
  return encoder.encode(`event: ${type}\nid: ${version}\ndata: ${JSON.stringify(body)}\n\n`);
}
