import { limits } from "../../src/shared/limits.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import type { WatchFeed } from "./watch-feed.ts";

const encoder = new TextEncoder();
const openComment = encoder.encode(": open\n\n");
const aliveComment = encoder.encode(": alive\n\n");
/** Proxies drop a silent connection after a minute; a comment (WHATWG HTML, 9.2.6) keeps it. */
const heartbeatMs = 15_000;

type Controller = ReadableStreamDefaultController<Uint8Array>;

/** A reader, with what it knows and the chunk that it has not taken yet. */
type Reader = {
  controller: Controller;
  version: number;
  /** Whether it has asked for more than it was given. */
  isWaiting: boolean;
  held: Uint8Array | null;
};

/**
 * Readers by server-sent events. Each is given the next event when it has taken the one before, so
 * a slow one misses steps and nothing is queued for it. Events are shared, and what all readers
 * together have not taken is bounded: who has held an event longest is cut off, and comes back with
 * its last id.
 */
export class EventStreams {
  readonly #feed: WatchFeed;
  readonly #readers = new Set<Reader>();
  /** Who holds a chunk, those first that have held it longest. */
  readonly #holders = new Set<Reader>();
  /** By how many readers a chunk is held. */
  readonly #holds = new Map<Uint8Array, number>();
  #heldBytes = 0;
  #heartbeat: ReturnType<typeof setInterval> | null = null;

  constructor(feed: WatchFeed) {
    this.#feed = feed;
  }

  get count(): number {
    return this.#readers.size;
  }

  /** Bytes of the events that some reader has not taken yet; what several share counts once. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** A reader from this version on; the state is told as `fresh` has it. */
  accept(version: number, fresh: ShownResult): Response {
    let reader: Reader;
    let first: ShownResult | null = fresh;
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          reader = { controller, version, isWaiting: false, held: null };
          this.#readers.add(reader);
          this.#heartbeat ??= setInterval(() => this.#beat(), heartbeatMs);
          // A first comment opens the stream at the reader even where nothing was missed.
          controller.enqueue(openComment);
        },
        pull: () => {
          this.#release(reader);
          reader.isWaiting = true;
          this.#serve(reader, first);
          first = null;
        },
        cancel: () => this.#drop(reader),
      },
      // Nothing is made for a reader before it asks.
      { highWaterMark: 0 },
    );
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    });
  }

  /** Gives those who wait what is new. */
  serve(): void {
    for (const reader of this.#readers) this.#serve(reader, null);
  }

  #serve(reader: Reader, fresh: ShownResult | null): void {
    if (!reader.isWaiting) return;
    const message = this.#feed.next(reader.version, fresh);
    if (message === null) return;
    reader.version = message.version;
    const chunk = message.event(Date.now());
    this.#hold(reader, chunk);
    this.#enqueue(reader, chunk);
    this.#cutSlowest();
  }

  #enqueue(reader: Reader, chunk: Uint8Array): void {
    reader.isWaiting = false;
    reader.controller.enqueue(chunk);
  }

  #hold(reader: Reader, chunk: Uint8Array): void {
    const holds = this.#holds.get(chunk) ?? 0;
    if (holds === 0) this.#heldBytes += chunk.byteLength;
    this.#holds.set(chunk, holds + 1);
    reader.held = chunk;
    this.#holders.add(reader);
  }

  #cutSlowest(): void {
    for (const slowest of this.#holders) {
      if (this.#heldBytes <= limits.streamsHeldBytesMax) break;
      this.#drop(slowest);
      slowest.controller.error(new Error("the reader fell behind"));
    }
  }

  #release(reader: Reader): void {
    const chunk = reader.held;
    if (chunk === null) return;
    reader.held = null;
    this.#holders.delete(reader);
    const holds = (this.#holds.get(chunk) ?? 1) - 1;
    if (holds > 0) {
      this.#holds.set(chunk, holds);
    } else {
      this.#holds.delete(chunk);
      this.#heldBytes -= chunk.byteLength;
    }
  }

  #beat(): void {
    // Who does not wait has an event on its way.
    for (const reader of this.#readers) if (reader.isWaiting) this.#enqueue(reader, aliveComment);
  }

  #drop(reader: Reader): void {
    this.#release(reader);
    this.#readers.delete(reader);
    if (this.#readers.size > 0 || this.#heartbeat === null) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }
}
