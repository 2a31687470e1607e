import type { CastOutcome } from "../../src/ballot/cast-many.ts";
import type { CastRequest } from "../../src/ballot/voter.ts";
import {
  answerMessage,
  type MessageAnswer,
  type MessageDependencies,
} from "../../src/http/ballot-socket/answer-message.ts";
import { ballotCloseCodes, type BallotClose } from "../../src/http/ballot-socket/close-codes.ts";
import type { ShardFailure } from "../../src/ports/ballots.ts";
import {
  decodeSocketVoter,
  socketRefusalStatuses,
  voterHeader,
  type SocketRefusal,
  withResultsParameter,
  type SocketVoter,
} from "../../src/ports/socket-voter.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import { limits } from "../../src/shared/limits.ts";
import type { ReportFailure } from "../../src/shared/log-line.ts";
import type { Tracer } from "../../src/telemetry/traces/tracer.ts";
import { keepAttachment, shownVersionOf } from "../shared/socket-attachment.ts";
import type { Shard } from "./shard.ts";

/** The room that a shard lives in, as far as it tells voters' sockets results. */
export interface ResultFollowing {
  /** Of every voter's socket that is told results. */
  tags: readonly string[];
  isFull(): boolean;
  /** What may be shown now, once it is on disk. Never throws: null where nothing can be told. */
  read(): Promise<ShownResult | null>;
  /** Tells a socket that, and what changes from then on. */
  follow(result: ShownResult, socket: WebSocket): void;
  /** Bounds what is owed to those that follow, with that of all watchers. */
  boundOwed(): void;
}

/** What sockets need: the shard's votes, and what answers a request at the door too. */
interface BallotSocketsDependencies {
  /** Made with the first message: an object without sockets counts nobody. */
  answers: () => Pick<MessageDependencies, "admission" | "receipts" | "meter">;
  ctx: Pick<DurableObjectState, "acceptWebSocket" | "getWebSockets">;
  shard: Pick<Shard, "cast" | "isRehearsal" | "isSealed">;
  tracer: Tracer;
  decisionId: () => string;
  report: ReportFailure;
  /** Null where the shard lives in an object of its own. */
  results: ResultFollowing | null;
}

const socketTag = "ballots";

/**
 * Voters by WebSocket. They outlive the object's hibernation, so who a socket's voter is is kept in
 * its attachment; nothing of it is stored. A message takes the way of a request: the same admission,
 * the same commit, the same answer.
 */
export class BallotSockets {
  readonly #deps: BallotSocketsDependencies;
  /** Messages that are not answered, of sockets that have some. */
  readonly #waiting = new Map<WebSocket, number>();
  #answers: MessageDependencies | null = null;
  #count: number | null = null;

  constructor(deps: BallotSocketsDependencies) {
    this.#deps = deps;
  }

  /**
   * Opens the socket that the Worker asks for, or says by the status why not. It is told results
   * where that is asked for, the shard lives in its room, and a watcher finds a place there.
   */
  async accept({ headers, url }: Request): Promise<Response> {
    const text = headers.get(voterHeader) ?? "";
    const voter = decodeSocketVoter(text);
    const early = this.#refusalOf(voter);
    if (early !== null) return new Response(null, { status: socketRefusalStatuses[early] });
    const isAsked = new URL(url).searchParams.has(withResultsParameter);
    const results = isAsked ? this.#deps.results : null;
    const result = results === null || results.isFull() ? null : await results.read();
    // Reading takes time, in which voting may have ended or the places may have gone.
    const late = this.#refusalOf(voter);
    if (late !== null) return new Response(null, { status: socketRefusalStatuses[late] });
    const { 0: theirs, 1: server } = new WebSocketPair();
    const tags = [socketTag, tagOf(voter)];
    const isFollowing = results !== null && result !== null && !results.isFull();
    this.#deps.ctx.acceptWebSocket(server, isFollowing ? [...tags, ...results.tags] : tags);
    keepAttachment(server, { voter: text });
    this.#count = this.#countOpen() + 1;
    if (isFollowing) results.follow(result, server);
    const protocol = headers.get("sec-websocket-protocol");
    return new Response(null, {
      status: 101,
      webSocket: theirs,
      headers: protocol === null ? {} : { "sec-websocket-protocol": protocol },
    });
  }

  /** Answers a message once what it asks for is durable: the output gate holds what is sent. */
  async answer(socket: WebSocket, voter: string, message: string | ArrayBuffer): Promise<void> {
    // What comes after the server's own close is for nobody.
    if (socket.readyState !== WebSocket.OPEN) return;
    this.#waiting.set(socket, (this.#waiting.get(socket) ?? 0) + 1);
    const answer = await this.#answerTo(voter, message);
    const left = (this.#waiting.get(socket) ?? 1) - 1;
    if (left === 0) this.#waiting.delete(socket);
    else this.#waiting.set(socket, left);
    if (socket.readyState !== WebSocket.OPEN) return;
    if (answer.text !== null) socket.send(answer.text);
    const isOver = left === 0 && this.#deps.shard.isSealed;
    const close = answer.close ?? (isOver ? ballotCloseCodes.over : null);
    if (close !== null) end(socket, close);
    else if (socket.bufferedAmount > limits.socketOwedBytesMax) this.#bound(socket);
  }

  /** Tells every voter that there is more time. */
  tellExtension(closesAt: number): void {
    const told = { type: "extension", closes_at: new Date(closesAt).toISOString() };
    const text = JSON.stringify(told);
    for (const socket of this.#deps.ctx.getWebSockets(socketTag))
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }

  noteClosed(): void {
    if (this.#count !== null) this.#count -= 1;
  }

  /** No ballot is accepted any more: ends every socket, those that wait for an answer after it. */
  endAll(): void {
    for (const socket of this.#deps.ctx.getWebSockets(socketTag))
      if (!this.#waiting.has(socket)) end(socket, ballotCloseCodes.over);
  }

  #refusalOf(voter: SocketVoter): SocketRefusal | null {
    const { shard, ctx } = this.#deps;
    if (shard.isSealed) return "over";
    if (ctx.getWebSockets(tagOf(voter)).length >= limits.ballotSocketsAVoterMax) return "too_many";
    // Counted anew before anybody is sent away: one that went without a word still counts.
    if (this.#countOpen() >= limits.ballotSocketsMax) this.#count = null;
    return this.#countOpen() >= limits.ballotSocketsMax ? "full" : null;
  }

  #countOpen(): number {
    this.#count ??= this.#deps.ctx.getWebSockets(socketTag).length;
    return this.#count;
  }

  #bound(socket: WebSocket): void {
    if (shownVersionOf(socket) === null) end(socket, ballotCloseCodes.later);
    else this.#deps.results?.boundOwed();
  }

  async #answerTo(voter: string, message: string | ArrayBuffer): Promise<MessageAnswer> {
    try {
      this.#answers ??= {
        ...this.#deps.answers(),
        cast: (request) => this.#cast(request),
        now: () => Date.now(),
      };
      return await answerMessage(this.#answers, decodeSocketVoter(voter), message);
    } catch (error) {
      this.#reportFailure(error);
      return { text: null, close: ballotCloseCodes.broken };
    }
  }

  /** Of a rehearsal each message is traced; of others those that fail. */
  #cast(request: CastRequest): Promise<CastOutcome | ShardFailure> {
    const { shard, tracer } = this.#deps;
    const recorded = shard.isRehearsal ? "all" : "failures";
    const attributes = { "enviro.rehearsal": shard.isRehearsal };
    return tracer.trace("ballot message", { kind: "server", recorded, attributes }, () =>
      this.#castOne(request),
    );
  }

  async #castOne(request: CastRequest): Promise<CastOutcome | ShardFailure> {
    try {
      const outcomes = await this.#deps.shard.cast([request]);
      return outcomes === "overloaded" ? outcomes : (outcomes[0] ?? "unavailable");
    } catch (error) {
      this.#reportFailure(error);
      return "unavailable";
    }
  }

  #reportFailure(error: unknown): void {
    const { report, decisionId } = this.#deps;
    report("shard.socket_failed", error, { decision: decisionId() });
  }
}

function tagOf({ grant }: SocketVoter): string {
  return `voter ${grant.pid}`;
}

function end(socket: WebSocket, { code, reason }: BallotClose): void {
  socket.close(code, reason);
}
