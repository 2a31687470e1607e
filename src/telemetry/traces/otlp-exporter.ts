import { LoggableError } from "../../shared/loggable-error.ts";
import { limits } from "../../shared/limits.ts";
import { encodeRequest, encodeSpan, type TracedService } from "./otlp-json.ts";
import type { BegunSpan, FinishedSpan, SpanSink } from "./span.ts";

export interface OtlpExporterOptions {
  /** Where the collector takes traces: with `/v1/traces`. */
  url: string;
  headers: Readonly<Record<string, string>>;
  service: TracedService;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => number;
  wait: (ms: number) => Promise<void>;
  /** Keeps what runs in the background alive after an answer. */
  keepAlive: (work: Promise<void>) => void;
  /** Hears at most once a minute that spans were dropped: why, and how many since it last heard. */
  onDropped: (error: unknown, count: number) => void;
}

/**
 * Sends spans as OTLP/JSON over HTTP: gathered for a while, one request at a time, each within a
 * deadline and sent once. What a collector does not take, or what comes while too much waits, is
 * dropped and counted. Nobody waits for it.
 */
export class OtlpExporter implements SpanSink, BegunSpan {
  readonly #options: OtlpExporterOptions;
  #waiting: string[] = [];
  #waitingCharacters = 0;
  /** Until when somebody is thought to send, in ms: work that the platform ends says nothing. */
  #sendingUntil = 0;
  #dropped = 0;
  #why: unknown = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(options: OtlpExporterOptions) {
    this.#options = options;
  }

  begin(): BegunSpan {
    return this;
  }

  end(span: FinishedSpan): void {
    const text = encodeSpan(span);
    const isFull =
      this.#waiting.length >= limits.spansWaitingMax ||
      this.#waitingCharacters + text.length > limits.spansWaitingCharactersMax;
    if (isFull) return this.#drop(1, new LoggableError("too many spans wait for the collector"));
    this.#waiting.push(text);
    this.#waitingCharacters += text.length;
    if (this.#options.now() < this.#sendingUntil) return;
    this.#options.keepAlive(this.#sendTurn());
  }

  /** Sends while there is something, and not for long: whoever has a span after that goes on. */
  async #sendTurn(): Promise<void> {
    const { now, wait } = this.#options;
    const endsAt = now() + limits.spansTurnMs;
    while (this.#waiting.length > 0 && now() < endsAt) {
      if (this.#waiting.length < limits.spansARequestMax) {
        this.#holdTurn(limits.spansGatherMs);
        await wait(limits.spansGatherMs);
      }
      this.#holdTurn(0);
      await this.#send(this.#takeBatch());
    }
    this.#sendingUntil = 0;
  }

  /** Nobody else sends until this one's next request must be over. */
  #holdTurn(afterMs: number): void {
    this.#sendingUntil =
      this.#options.now() + afterMs + limits.spansSendMsMax + limits.spansGatherMs;
  }

  #takeBatch(): string[] {
    const batch: string[] = [];
    let characters = 0;
    for (const text of this.#waiting) {
      characters += text.length;
      const isOver =
        batch.length === limits.spansARequestMax || characters > limits.spansRequestCharactersMax;
      if (isOver && batch.length > 0) break;
      batch.push(text);
      this.#waitingCharacters -= text.length;
    }
    this.#waiting = this.#waiting.slice(batch.length);
    return batch;
  }

  async #send(batch: readonly string[]): Promise<void> {
    const { url, headers, service } = this.#options;
    try {
      const answer = await this.#options.fetch(url, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: encodeRequest(service, batch),
        redirect: "manual",
        signal: AbortSignal.timeout(limits.spansSendMsMax),
      });
      // What a collector says in its answer's body is not read.
      await answer.body?.cancel();
      if (answer.ok) this.#tellDropped();
      else this.#drop(batch.length, new LoggableError(`status ${answer.status}`));
    } catch (error) {
      this.#drop(batch.length, error);
    }
  }

  #drop(count: number, why: unknown): void {
    this.#dropped += count;
    this.#why = why;
    this.#tellDropped();
  }

  /** Also once spans are taken again: else nobody hears of the last that were not. */
  #tellDropped(): void {
    if (this.#dropped === 0) return;
    const now = this.#options.now();
    if (now - this.#toldAt < limits.spansDroppedTellMs) return;
    this.#toldAt = now;
    this.#options.onDropped(this.#why, this.#dropped);
    this.#dropped = 0;
  }
}
