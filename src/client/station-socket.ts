import { growingDelayMs, spreadDelayMs } from "../shared/backoff.ts";
import { retryDelayMs } from "./repeating.ts";
import { limits } from "../shared/limits.ts";
import { ApiError, NoAnswer, type RefusedProblem } from "./client-errors.ts";
import { createClient } from "./client.ts";
import type { Answer, Ask } from "./routes.ts";

const batchRoute = "POST /api/v1/decisions/{decisionId}/votes/batch";

type Batch = Ask<typeof batchRoute>["body"];
/** Votes of many voters, as a batch by POST has them: each with a nonce, which makes repeats safe. */
export type StationBatch = Omit<Batch, "votes"> & {
  votes: (Batch["votes"][number] & { nonce: string })[];
};
/** How many were accepted, repeated and refused, and what came of each vote, in their order. */
export type StationAnswer = Answer<typeof batchRoute>;

export interface StationSocketOptions {
  origin: string;
  decisionId: string;
  /** A station's or an admin's key. */
  credential: string;
}

interface Message {
  id: number;
  batch: StationBatch;
  tries: number;
  sentAt: number;
  resolve: (answer: StationAnswer) => void;
  reject: (error: Error) => void;
}

/** With the seconds to wait before it is tried again; null where that helps nothing. */
type Refusal = { type: "problem"; problem: RefusedProblem; retry_after: number | null };
type BatchAnswer = ({ type: "results" } & StationAnswer) | Refusal;
type SocketAnswer =
  | { type: "credits"; credits: number }
  | ({ type: "results"; id: number } & StationAnswer)
  | (Refusal & { id: number | null });

const delays = { firstMs: limits.clientRetryMsFirst, maxMs: limits.clientRetryMsMax };
/** For how long batches go by POST where no socket opens, before another is tried. */
const postDelays = { firstMs: limits.clientRetryMsMax, maxMs: limits.clientPatienceMsMax };
/** Closes after which the next socket would end alike: the end of voting, the key, the message. */
const endsForGood = new Set([1000, 1003, 1008, 1009]);
const closedHere = "the station has closed its socket";

/**
 * A station's socket to one decision, opened with the first batch and again whenever it ends. What
 * has no answer is sent again over the next one; where none opens, batches go by POST for a while, which says
 * why. Votes above the server's credits wait here.
 */
export class StationSocket {
  readonly #options: StationSocketOptions;
  readonly #waiting: Message[] = [];
  readonly #sent = new Map<number, Message>();
  readonly #posting = new Map<number, Message>();
  #numbered = 0;
  #socket: WebSocket | null = null;
  /** How many votes may be unanswered; null until the server has said so. */
  #credits: number | null = null;
  /** Sockets in a row that ended before they had answered anything. */
  #failures = 0;
  /** Sockets in a row that did not open, or ended for good; and until when batches go by POST. */
  #refusals = 0;
  #postUntil = 0;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #isClosed = false;

  constructor(options: StationSocketOptions) {
    this.#options = options;
  }

  /**
   * Casts votes of many voters; several batches may be on their way. Keep the nonces before: with
   * them a repeat counts nothing twice.
   * @throws {ApiError} the batch was refused, and none of it counted
   * @throws {NoAnswer} nothing answered in all tries, or the socket was closed here
   */
  cast(batch: StationBatch): Promise<StationAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(noAnswer(1, closedHere));
        return;
      }
      this.#numbered += 1;
      this.#waiting.push({ id: this.#numbered, batch, tries: 0, sentAt: 0, resolve, reject });
      this.#go();
    });
  }

  /** Ends the socket: what waits or was sent over it gets no answer, what goes by POST gets its own. */
  close(): void {
    this.#isClosed = true;
    this.#drop()?.close(1000);
    for (const { tries, reject } of this.#waiting.splice(0)) reject(noAnswer(tries, closedHere));
  }

  #go(): void {
    if (this.#isClosed || this.#pause !== null || this.#waiting.length === 0) return;
    if (performance.now() < this.#postUntil) {
      const most = limits.stationVotesUnansweredMax;
      for (const next of this.#takeFitting(this.#posting, most)) void this.#post(next);
      return;
    }
    if (this.#socket === null) this.#open();
    if (this.#credits === null) return;
    for (const next of this.#takeFitting(this.#sent, this.#credits)) {
      next.sentAt = performance.now();
      this.#socket?.send(JSON.stringify({ id: next.id, ...next.batch }));
    }
  }

  /** Moves those that wait to those under way, as long as so many votes are not exceeded. */
  #takeFitting(underWay: Map<number, Message>, votesMax: number): Message[] {
    const taken: Message[] = [];
    for (;;) {
      const next = this.#waiting[0];
      if (next === undefined) return taken;
      let votes = next.batch.votes.length;
      for (const { batch } of underWay.values()) votes += batch.votes.length;
      // A batch above all credits is the server's to refuse.
      if (underWay.size > 0 && votes > votesMax) return taken;
      this.#waiting.shift();
      underWay.set(next.id, next);
      taken.push(next);
    }
  }

  #open(): void {
    const { origin, decisionId, credential } = this.#options;
    const path = `/api/v1/decisions/${encodeURIComponent(decisionId)}/station-socket`;
    const url = new URL(path, origin);
    url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
    const socket = openWith(url, credential);
    if (socket === null) return this.#stayWithPost();
    const openedAt = performance.now();
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (this.#socket === socket) this.#take(String(data));
    });
    socket.addEventListener("close", ({ code }) => {
      if (this.#socket === socket) this.#lose(code);
    });
    // What follows the server's close may be late, and a line may be dead without one.
    this.#watch = setInterval(() => {
      const [oldest] = this.#sent.values();
      const since = this.#credits === null ? openedAt : (oldest?.sentAt ?? performance.now());
      const isDead = performance.now() - since > limits.clientAnswerMsMax;
      if (socket.readyState <= WebSocket.OPEN && !isDead) return;
      this.#lose(1006);
      socket.close();
    }, limits.clientSocketLookMs);
  }

  #take(text: string): void {
    // The server made it from the contract.
    const answer = JSON.parse(text) as SocketAnswer;
    if (answer.type === "credits") this.#credits = answer.credits;
    else if (answer.id !== null) this.#answer(answer.id, answer);
    else this.#postSent();
    this.#go();
  }

  /**
   * A message was not read, and nobody can say which: POST names what is wrong with it. The socket's
   * credits are held by what it still counts, so the next batch opens another.
   */
  #postSent(): void {
    for (const message of this.#takeSent()) {
      this.#posting.set(message.id, message);
      void this.#post(message);
    }
    this.#drop()?.close(1000);
  }

  #answer(id: number, answer: BatchAnswer): void {
    const message = this.#sent.get(id);
    if (message === undefined) return;
    this.#sent.delete(id);
    this.#failures = 0;
    this.#refusals = 0;
    if (answer.type === "problem") return this.#settle(message, answer);
    const { accepted, repeated, refused, results } = answer;
    message.resolve({ accepted, repeated, refused, results });
  }

  /** Sends a message again where nobody knows what came of it; else its refusal is the answer. */
  #settle(message: Message, { problem, retry_after }: Refusal): void {
    const isLater = problem.status >= 500 || problem.status === 429;
    message.tries += 1;
    if (!isLater) message.reject(new ApiError(batchRoute, problem));
    else if (message.tries >= limits.clientTriesMax) {
      message.reject(new NoAnswer(batchRoute, message.tries, new ApiError(batchRoute, problem)));
    } else {
      this.#waiting.unshift(message);
      const { tries } = message;
      const retryAfterMs = (retry_after ?? 0) * 1_000;
      this.#pauseFor(retryDelayMs({ tries, retryAfterMs }, delays, Math.random()));
    }
  }

  /** The socket is gone: what it has not answered goes over the next, or by POST. */
  #lose(code: number): void {
    const wasOpen = this.#credits !== null;
    this.#drop();
    if (this.#isClosed) return;
    // Another would not open, or end as this one did: a request says why.
    const isRefused = !wasOpen || endsForGood.has(code);
    const isStuck = (this.#waiting[0]?.tries ?? 0) >= limits.clientTriesMax;
    if (isRefused || isStuck) return this.#stayWithPost();
    if (code !== 1001) this.#failures += 1;
    this.#pauseFor(this.#failures === 0 ? 0 : spreadDelayMs(this.#failures, delays, Math.random()));
  }

  #stayWithPost(): void {
    this.#refusals += 1;
    this.#postUntil = performance.now() + growingDelayMs(this.#refusals, postDelays);
    this.#go();
  }

  async #post(message: Message): Promise<void> {
    const { origin, decisionId, credential } = this.#options;
    const client = createClient({ origin, credential });
    try {
      const ask = { path: { decisionId }, body: message.batch };
      message.resolve(await client.call(batchRoute, ask));
    } catch (error) {
      message.reject(error instanceof Error ? error : new Error(String(error)));
    }
    this.#posting.delete(message.id);
    this.#go();
  }

  #pauseFor(ms: number): void {
    if (this.#pause !== null) return;
    this.#pause = setTimeout(() => {
      this.#pause = null;
      this.#go();
    }, ms);
  }

  /** Lets go of the socket; what was sent over it waits again, in its order. */
  #drop(): WebSocket | null {
    const socket = this.#socket;
    if (this.#watch !== null) clearInterval(this.#watch);
    if (this.#pause !== null) clearTimeout(this.#pause);
    [this.#watch, this.#pause, this.#socket, this.#credits] = [null, null, null, null];
    const sent = this.#takeSent();
    for (const message of sent) message.tries += 1;
    this.#waiting.unshift(...sent);
    return socket;
  }

  #takeSent(): Message[] {
    const messages = [...this.#sent.values()];
    this.#sent.clear();
    return messages;
  }
}

/** Null where a credential has characters that no subprotocol may have. */
function openWith(url: URL, credential: string): WebSocket | null {
  try {
    return new WebSocket(url.href, ["enviro-ballot.v1", `bearer.${credential}`]);
  } catch {
    return null;
  }
}

function noAnswer(tries: number, cause: string): NoAnswer {
  return new NoAnswer(batchRoute, Math.max(1, tries), new Error(cause));
}
