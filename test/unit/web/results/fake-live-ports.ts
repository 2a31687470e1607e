import type { ApiResults, ResultsDelta } from "../../../../src/web/contract.ts";

type Listen = (event: { data: string }) => void;

/** A stream whose events the test makes. */
export class FakeStream {
  readonly since: number;
  isClosed = false;
  readonly #listeners = new Map<string, Listen>();

  constructor(since: number) {
    this.since = since;
  }
  addEventListener(type: string, listen: Listen): void {
    this.#listeners.set(type, listen);
  }
  close(): void {
    this.isClosed = true;
  }
  emit(type: "open" | "alive" | "error"): void;
  emit(type: "state" | "delta", body: ApiResults | ResultsDelta): void;
  emit(type: string, body?: object): void {
    this.#listeners.get(type)?.({ data: JSON.stringify(body) });
  }
}

/** Ports with a server, a clock and timers that the test moves. */
export class FakeLivePorts {
  streams: FakeStream[] = [];
  server: ApiResults | Promise<ApiResults> | Error;
  time = 1_000_000;
  reads = 0;
  #timer: { act: () => void; at: number } | null = null;

  constructor(server: ApiResults) {
    this.server = server;
  }
  get stream(): FakeStream {
    const newest = this.streams.at(-1);
    if (newest === undefined) throw new Error("no stream was opened");
    return newest;
  }
  readResults = (): Promise<ApiResults> => {
    this.reads += 1;
    return this.server instanceof Error
      ? Promise.reject(this.server)
      : Promise.resolve(this.server);
  };
  openStream = (since: number): FakeStream => {
    const stream = new FakeStream(since);
    this.streams.push(stream);
    return stream;
  };
  now = (): number => this.time;
  random = (): number => 0.5;
  setTimer = (act: () => void, ms: number): number => {
    this.#timer = { act, at: this.time + ms };
    return 1;
  };
  clearTimer = (): void => {
    this.#timer = null;
  };

  /** Moves the clock to the next timer, fires it, and lets what it started settle. */
  async pass(): Promise<void> {
    const timer = this.#timer;
    if (timer === null) throw new Error("no timer is set");
    this.#timer = null;
    this.time = timer.at;
    timer.act();
    await this.settle();
  }
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
  get isWaiting(): boolean {
    return this.#timer !== null;
  }
}
