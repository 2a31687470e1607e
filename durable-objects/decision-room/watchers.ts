import { limits } from "../../src/shared/limits.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import { EventStreams } from "./event-streams.ts";
import { ResultSockets } from "./result-sockets.ts";
import { WatchFeed } from "./watch-feed.ts";

/**
 * Those who watch a decision live: WebSockets, which outlive the object's hibernation, and event
 * streams, which do not. Each gets the state first and then deltas; one that comes back with the
 * version it knows gets the deltas it missed, where they are smaller than the state.
 */
export class RoomWatchers {
  readonly #ctx: DurableObjectState;
  readonly #feed = new WatchFeed();
  readonly #streams = new EventStreams(this.#feed);
  readonly #sockets: ResultSockets;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    this.#sockets = new ResultSockets(this.#feed, () => ctx.getWebSockets());
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  get count(): number {
    return this.#streams.count + this.#sockets.count;
  }

  acceptSocket(result: ShownResult, since: number | null): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    // To those already there first: then the last delta leads to what this watcher gets.
    this.broadcast(result);
    this.#ctx.acceptWebSocket(server);
    this.#sockets.begin(server, this.#feed.position(since), result);
    return new Response(null, { status: 101, webSocket: client });
  }

  acceptStream(result: ShownResult, since: number | null): Response {
    this.broadcast(result);
    return this.#streams.accept(this.#feed.position(since), result);
  }

  /**
   * Sends every watcher what has changed since the last call. A socket that hibernated with the
   * object gets the state, since no delta is known any more.
   */
  broadcast(result: ShownResult): void {
    if (!this.#feed.publish(result)) return;
    this.#streams.serve();
    this.#sockets.serve();
  }
}

/**
 * Admits a watcher on `/socket` or `/stream`, with `since` as the version that it knows. Refuses
 * while nothing can be shown (503), or the room is full (429).
 */
export function admitWatcher(
  watchers: RoomWatchers,
  result: ShownResult | null,
  request: Request,
): Response {
  if (result === null) return new Response(null, { status: 503 });
  if (watchers.count >= limits.watchersMax) return new Response(null, { status: 429 });
  const url = new URL(request.url);
  const since = url.searchParams.has("since") ? Number(url.searchParams.get("since")) : null;
  return url.pathname === "/socket"
    ? watchers.acceptSocket(result, since)
    : watchers.acceptStream(result, since);
}
