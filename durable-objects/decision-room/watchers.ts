import { limits } from "../../src/shared/limits.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import type { Meter } from "../../src/telemetry/metrics/meter.ts";
import { shownVersionOf } from "../shared/socket-attachment.ts";
import { EventStreams } from "./event-streams.ts";
import { countOpen, ResultSockets } from "./result-sockets.ts";
import { nothingKnown, WatchFeed } from "./watch-feed.ts";

/** What tells them from sockets that voters vote over alone. */
export const resultsTag = "results";
/** Of those of them that are voters' sockets. */
export const voterResultsTag = "voter results";

/**
 * Those who watch a decision live: WebSockets, which outlive the object's hibernation, and event
 * streams, which do not. Each gets the state first and then deltas; one that comes back with the
 * version it knows gets the deltas it missed, where they are smaller than the state.
 */
export class RoomWatchers {
  readonly #ctx: DurableObjectState;
  readonly #meter: Meter;
  readonly #feed = new WatchFeed();
  readonly #streams = new EventStreams(this.#feed);
  readonly #sockets: ResultSockets;

  constructor(ctx: DurableObjectState, meter: Meter) {
    this.#ctx = ctx;
    this.#meter = meter;
    this.#sockets = new ResultSockets(this.#feed, () => ctx.getWebSockets(resultsTag));
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  get count(): number {
    return this.#streams.count + this.#sockets.count;
  }

  get isFull(): boolean {
    return this.count >= limits.watchersMax;
  }

  /** Voters' sockets take of the thread that their votes need, so there are places for fewer. */
  get isFullForVoters(): boolean {
    return this.isFull || this.#countOpen(voterResultsTag) >= limits.roomWithShardWatchersMax;
  }

  /** The places that a client has. A socket has its client as a tag, which outlives hibernation. */
  countOf(client: string): number {
    return this.#streams.countOf(client) + this.#countOpen(client);
  }

  acceptSocket(result: ShownResult, { since, client }: RoomWatcher): Response {
    const { 0: theirs, 1: server } = new WebSocketPair();
    // To those already there first: then the last delta leads to what this watcher gets.
    this.broadcast(result);
    this.#ctx.acceptWebSocket(server, client === null ? [resultsTag] : [resultsTag, client]);
    this.#sockets.begin(server, this.#feed.position(since), result);
    this.#measure();
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Tells a voter's socket, which has the tag of results, what may be shown from now on. */
  follow(result: ShownResult, socket: WebSocket): void {
    this.broadcast(result);
    // Which may have told it already.
    this.#sockets.begin(socket, shownVersionOf(socket) ?? nothingKnown, result);
    this.#measure();
  }

  /** Soon looks at what sockets owe in sum and for how long: one was sent something else than results. */
  boundOwed(): void {
    this.#sockets.serveLater();
  }

  acceptStream(result: ShownResult, { since, client }: RoomWatcher): Response {
    this.broadcast(result);
    const answer = this.#streams.accept(this.#feed.position(since), result, client);
    this.#measure();
    return answer;
  }

  /**
   * Sends every watcher what has changed since the last call. A socket that hibernated with the
   * object gets the state, since no delta is known any more. Says whether anything had.
   */
  broadcast(result: ShownResult): boolean {
    this.#measure();
    if (!this.#feed.publish(result)) return false;
    this.#streams.serve();
    this.#sockets.serve();
    return true;
  }

  /**
   * The id of the room stays in this isolate. When voters open sockets is not told: that is turnout.
   */
  #measure(): void {
    const watchers = this.count - this.#countOpen(voterResultsTag);
    this.#meter.set("enviro.watchers", {}, watchers, this.#ctx.id.toString());
  }

  /** A socket that was closed here stays listed until its line has ended. */
  #countOpen(tag: string): number {
    return countOpen(this.#ctx.getWebSockets(tag));
  }
}

/** A watcher as it comes to its room. */
interface RoomWatcher {
  /** The version that it knows. */
  since: number | null;
  /** Whose places are counted together; null where they are not bounded. */
  client: string | null;
}

/**
 * Admits a watcher on `/socket` or `/stream`, with `since` as the version that it knows and `client`
 * as who it is one of. Refuses while nothing can be shown (503), and where the room is full (429) or
 * the client has its places (403): before anything is read for it, and again after that.
 */
export async function admitWatcher(
  watchers: RoomWatchers,
  readResult: () => Promise<ShownResult | null>,
  request: Request,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const since = searchParams.has("since") ? Number(searchParams.get("since")) : null;
  const watcher = { since, client: searchParams.get("client") };
  const early = refusalOf(watchers, watcher);
  if (early !== null) return new Response(null, { status: early });
  const result = await readResult();
  if (result === null) return new Response(null, { status: 503 });
  const late = refusalOf(watchers, watcher);
  if (late !== null) return new Response(null, { status: late });
  return pathname === "/socket"
    ? watchers.acceptSocket(result, watcher)
    : watchers.acceptStream(result, watcher);
}

function refusalOf(watchers: RoomWatchers, { client }: RoomWatcher): 403 | 429 | null {
  if (watchers.isFull) return 429;
  const isOver = client !== null && watchers.countOf(client) >= limits.watchersAClientMax;
  return isOver ? 403 : null;
}
