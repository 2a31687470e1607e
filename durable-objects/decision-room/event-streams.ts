import { limits } from "../../src/shared/limits.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import type { WatchFeed } from "./watch-feed.ts";

const encoder = new TextEncoder();
const openComment = encoder.encode(": open\n\n");
/** Without an id: a reader comes back with that of the last result. */
const aliveEvent = encoder.encode("event: alive\ndata: {}\n\n");

type Controller = ReadableStreamDefaultController<Uint8Array>;

/** A reader, with what it knows and the chunk that it has not taken yet. */
type Reader = {
  controller: Controller;
  /** Whose places are counted together, if they are. */
  client: string | null;
  version: number;
  /** Whether it has asked for more than it was given. */
  isWaiting: boolean;
  /** Bytes that it was given and has not taken, and since when (ms). */
  heldBytes: number;
  heldSince: number;
};

/**
 * Readers by server-sent events. Each is given the next event when it has taken the one before, so
 * a slow one misses steps and nothing is queued for it. What all together were given and have not
 * taken is bounded: whoever comes then waits for a place, and while somebody waits, who has held an
 * event longest is cut off after a second and comes back with its last id.
 */
export class EventStreams {
  readonly #feed: WatchFeed;
  readonly #readers = new Set<Reader>();
  readonly #countByClient = new Map<string, number>();
  /** Who holds an event, those first that have held it longest. */
  readonly #holders = new Set<Reader>();
  /** Who waits for others to take theirs, in order. */
  readonly #queue = new Set<Reader>();
  #heldBytes = 0;
  #cutTimer: ReturnType<typeof setTimeout> | null = null;
  #heartbeat: ReturnType<typeof setInterval> | null = null;

  constructor(feed: WatchFeed) {
    this.#feed = feed;
  }

  get count(): number {
    return this.#readers.size;
  }

  /** The readers of one client. */
  countOf(client: string): number {
    return this.#countByClient.get(client) ?? 0;
  }

  /**
   * Bytes that readers were given and have not taken. Each counts in full: the runtime copies what
   * it is about to send.
   */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** A reader from this version on; the state is told as `fresh` has it. */
  accept(version: number, fresh: ShownResult, client: string | null = null): Response {
    let reader: Reader;
    let first: ShownResult | null = fresh;
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          reader = { controller, client, version, isWaiting: false, heldBytes: 0, heldSince: 0 };
          this.#readers.add(reader);
          this.#countClient(reader, 1);
          this.#heartbeat ??= setInterval(() => this.#beat(), limits.streamAliveMs);
          // A first comment opens the stream at the reader even where nothing was missed.
          controller.enqueue(openComment);
        },
        pull: () => {
          this.#release(reader);
          reader.isWaiting = true;
          this.#serveQueue();
          this.#serve(reader, first);
          first = null;
        },
        cancel: () => {
          this.#drop(reader);
          this.#serveQueue();
        },
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
    const message = reader.isWaiting ? this.#feed.next(reader.version, fresh) : null;
    if (message === null) {
      this.#queue.delete(reader);
      return;
    }
    const chunk = message.event(Date.now());
    const sum = this.#heldBytes + chunk.byteLength;
    if (this.#heldBytes > 0 && sum > limits.streamsHeldBytesMax) {
      this.#queue.add(reader);
      this.#cutLater();
      return;
    }
    this.#queue.delete(reader);
    reader.version = message.version;
    reader.heldBytes = chunk.byteLength;
    reader.heldSince = Date.now();
    this.#heldBytes = sum;
    this.#holders.add(reader);
    this.#enqueue(reader, chunk);
  }

  #serveQueue(): void {
    for (const reader of this.#queue) {
      this.#serve(reader, null);
      if (this.#queue.has(reader)) break;
    }
  }

  #enqueue(reader: Reader, chunk: Uint8Array): void {
    reader.isWaiting = false;
    reader.controller.enqueue(chunk);
  }

  #release(reader: Reader): void {
    this.#heldBytes -= reader.heldBytes;
    reader.heldBytes = 0;
    this.#holders.delete(reader);
  }

  #cutLater(): void {
    if (this.#cutTimer !== null) return;
    this.#cutTimer = setTimeout(() => {
      this.#cutTimer = null;
      this.#cutSlowest();
      if (this.#queue.size > 0) this.#cutLater();
    }, limits.broadcastDelayMs);
  }

  #cutSlowest(): void {
    const horizon = Date.now() - limits.streamHeldMs;
    for (const reader of this.#holders) {
      if (this.#queue.size === 0 || reader.heldSince > horizon) break;
      this.#drop(reader);
      // The end of a stream has its reader come back; an error would be logged for each.
      reader.controller.close();
      this.#serveQueue();
    }
  }

  #beat(): void {
    // Who does not wait has an event on its way, and whoever is queued has not got the newest.
    for (const reader of this.#readers)
      if (reader.isWaiting && !this.#queue.has(reader)) this.#enqueue(reader, aliveEvent);
  }

  #countClient({ client }: Reader, change: 1 | -1): void {
    if (client === null) return;
    const count = this.countOf(client) + change;
    if (count > 0) this.#countByClient.set(client, count);
    else this.#countByClient.delete(client);
  }

  #drop(reader: Reader): void {
    this.#release(reader);
    this.#queue.delete(reader);
    if (this.#readers.delete(reader)) this.#countClient(reader, -1);
    if (this.#readers.size > 0 || this.#heartbeat === null) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }
}
