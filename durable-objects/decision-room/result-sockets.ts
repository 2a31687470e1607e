import { limits } from "../../src/shared/limits.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import {
  keepAttachment,
  noteAttachment,
  shownVersionOf,
  writeAttachment,
  type AttachedSocket,
} from "../shared/socket-attachment.ts";
import { nothingKnown, type WatchFeed } from "./watch-feed.ts";
import type { WatchMessage } from "./watch-message.ts";

/** What is needed of a socket; the runtime's own has it. */
export interface ResultSocket extends AttachedSocket {
  readonly readyState: number;
  /** Bytes that were sent and have not left. */
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** RFC 6455's registry: try again later. The client comes back with `since`. */
const tryAgainLater = 1013;

/**
 * Readers by WebSocket. They outlive the object's hibernation, so what each knows is kept in its
 * attachment, once nothing was sent for a while: until then a timer keeps the object awake. A socket
 * is sent the next message once the ones before have mostly left, and what has not left is bounded:
 * in sum over all, and in time for each.
 */
export class ResultSockets {
  readonly #feed: WatchFeed;
  readonly #list: () => ResultSocket[];
  /** Since when (ms) a socket was not seen to have sent everything. */
  readonly #owingSince = new WeakMap<ResultSocket, number>();
  /** What all sockets owe, as last counted; those that have come since are added. */
  #owedBytes = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Sockets that know more than is attached to them, and whether one was sent something of late. */
  readonly #unattached = new Set<ResultSocket>();
  #hasSent = false;
  #attachTimer: ReturnType<typeof setTimeout> | null = null;

  /** `list` gives the sockets that the object has now. */
  constructor(feed: WatchFeed, list: () => ResultSocket[]) {
    this.#feed = feed;
    this.#list = list;
  }

  get count(): number {
    return countOpen(this.#list());
  }

  /** Tells a socket that has just been accepted what it has to know first. */
  begin(socket: ResultSocket, version: number, fresh: ShownResult): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    keepAttachment(socket, { version });
    const message = this.#feed.next(version, fresh);
    if (message === null) return;
    if (this.#owedBytes <= limits.socketsOwedBytesMax) this.#send(socket, message);
    this.#owedBytes += socket.bufferedAmount;
    this.serveLater();
  }

  /** Sends each socket what it does not know yet, as far as what is owed allows. */
  serve(): void {
    const now = Date.now();
    const open = this.#list().filter(({ readyState }) => readyState === WebSocket.OPEN);
    for (const socket of open) this.#noteOwing(socket, now);
    let owed = open.reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);
    for (const socket of this.#slowestFirst(open)) {
      const isStuck = now - (this.#owingSince.get(socket) ?? now) > limits.socketStuckMsMax;
      if (!isStuck && owed <= limits.socketsOwedBytesMax) break;
      owed -= socket.bufferedAmount;
      this.#owingSince.delete(socket);
      socket.close(tryAgainLater, "the reader fell behind");
    }
    let isWaiting = false;
    for (const socket of open) {
      if (socket.readyState !== WebSocket.OPEN) continue;
      const before = socket.bufferedAmount;
      const isToldAll = owed <= limits.socketsOwedBytesMax && this.#tell(socket);
      const after = socket.bufferedAmount;
      owed += after - before;
      isWaiting ||= after > 0 || !isToldAll;
    }
    this.#owedBytes = owed;
    if (isWaiting) this.serveLater();
  }

  /** Serves after a while; until then others need not ask for it. */
  serveLater(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.serve();
    }, limits.broadcastDelayMs);
  }

  /** Sends what a socket does not know, and says whether that is all. */
  #tell(socket: ResultSocket): boolean {
    let version = shownVersionOf(socket) ?? nothingKnown;
    for (;;) {
      const message = this.#feed.next(version);
      if (message === null) return true;
      if (socket.bufferedAmount > limits.socketOwedBytesMax) return false;
      this.#send(socket, message);
      version = message.version;
    }
  }

  #send(socket: ResultSocket, message: WatchMessage): void {
    socket.send(message.text(Date.now()));
    noteAttachment(socket, { version: message.version });
    this.#unattached.add(socket);
    this.#hasSent = true;
    this.#attachLater();
  }

  /** Once nothing was sent for a while. */
  #attachLater(): void {
    if (this.#attachTimer !== null) return;
    this.#hasSent = false;
    this.#attachTimer = setTimeout(() => {
      this.#attachTimer = null;
      const isQuiet = !this.#hasSent;
      for (const socket of this.#unattached) {
        const isOpen = socket.readyState === WebSocket.OPEN;
        if (isOpen && isQuiet) writeAttachment(socket);
        if (!isOpen || isQuiet) this.#unattached.delete(socket);
      }
      if (!isQuiet) this.#attachLater();
    }, limits.attachmentQuietMs);
  }

  #noteOwing(socket: ResultSocket, now: number): void {
    if (socket.bufferedAmount === 0) this.#owingSince.delete(socket);
    else if (!this.#owingSince.has(socket)) this.#owingSince.set(socket, now);
  }

  /** Those that owe something, the one first that has owed longest, of several the one that owes most. */
  #slowestFirst(open: readonly ResultSocket[]): ResultSocket[] {
    const since = (socket: ResultSocket) => this.#owingSince.get(socket) ?? 0;
    return open
      .filter((socket) => this.#owingSince.has(socket))
      .toSorted((a, b) => since(a) - since(b) || b.bufferedAmount - a.bufferedAmount);
  }
}

/** Those that are not ending: these are told nothing more. */
export function countOpen(sockets: readonly Pick<ResultSocket, "readyState">[]): number {
  return sockets.reduce((sum, socket) => sum + (socket.readyState === WebSocket.OPEN ? 1 : 0), 0);
}
