import { limits } from "../../src/shared/limits.ts";
import {
  areLighter,
  diffResults,
  keepDelta,
  missedDeltas,
  type ResultDelta,
} from "../../src/results/delta.ts";
import { viewDelta, viewResult } from "../../src/results/result-json.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import { EventStreams } from "./event-streams.ts";
import type { WatchMessage } from "./watch-message.ts";

/**
 * Those who watch a decision live: WebSockets, which outlive the object's hibernation, and event
 * streams, which do not. Each gets the state first and then deltas; one that comes back with the
 * version it knows gets the deltas it missed, where they are smaller than the state.
 */
export class RoomWatchers {
  readonly #ctx: DurableObjectState;
  readonly #streams = new EventStreams();
  #deltas: readonly ResultDelta[] = [];
  #last: ShownResult | null = null;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  get count(): number {
    return this.#streams.count + this.#ctx.getWebSockets().length;
  }

  acceptSocket(result: ShownResult, since: number | null): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    // Before a broadcast reaches the socket, or it would be sent the state twice.
    const first = this.#firstMessages(result, since);
    this.#ctx.acceptWebSocket(server);
    for (const message of first) sendToSocket(server, message);
    server.serializeAttachment(result.version);
    return new Response(null, { status: 101, webSocket: client });
  }

  acceptStream(result: ShownResult, since: number | null): Response {
    return this.#streams.accept(this.#firstMessages(result, since));
  }

  /**
   * Sends every watcher what has changed since the last call. A socket that hibernated with the
   * object gets the state, since no delta is known any more.
   */
  broadcast(result: ShownResult): void {
    const last = this.#last;
    if (last !== null && result.version <= last.version) return;
    this.#last = result;
    const change = last === null ? null : diffResults(last, result);
    // Where something else is shown from now on, no delta leads there from before.
    this.#deltas = change === null ? [] : keepDelta(this.#deltas, change);
    if (this.count === 0) return;
    const now = Date.now();
    const state: WatchMessage = {
      type: "state",
      version: result.version,
      body: viewResult(result, now),
    };
    const delta: WatchMessage | null =
      change === null
        ? null
        : { type: "delta", version: result.version, body: viewDelta(change, now) };
    this.#streams.send(delta ?? state);
    for (const socket of this.#ctx.getWebSockets()) {
      // Written by this class alone, always a version.
      const version = socket.deserializeAttachment() as number;
      if (version >= result.version) continue;
      const canFollow = last !== null && version >= last.version;
      sendToSocket(socket, canFollow && delta !== null ? delta : state);
      socket.serializeAttachment(result.version);
    }
  }

  #firstMessages(result: ShownResult, since: number | null): WatchMessage[] {
    // To those already there first: then the last delta leads to what this watcher gets.
    this.broadcast(result);
    const now = Date.now();
    const missed = since === null ? null : missedDeltas(this.#deltas, since);
    if (missed === null || !areLighter(missed, result)) {
      return [{ type: "state", version: result.version, body: viewResult(result, now) }];
    }
    return missed.map((delta) => ({
      type: "delta",
      version: delta.version,
      body: viewDelta(delta, now),
    }));
  }
}

/** A socket that can't be sent to is closing; the platform tells the object so by its own event. */
function sendToSocket(socket: WebSocket, { type, body }: WatchMessage): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ type, ...body }));
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
