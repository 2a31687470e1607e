import type { Answer } from "../../../../client/routes.ts";
import { spreadDelayMs } from "../../../../shared/backoff.ts";
import type { ApiProblem } from "../../../contract.ts";
import { Refusal } from "../../../api/read-api.ts";
import { FileRefused } from "../file-refused.ts";
import type { FileFailure } from "../roll-worker-messages.ts";
import type { RollPieceText } from "./pieces.ts";

export type RollImportAnswer = Answer<"POST /api/v1/decisions/{decisionId}/roll/uploads/finish">;

/** An upload that has begun, and how many of its pieces are in. */
export interface UploadStanding {
  import: number;
  pieces: number;
}

/** What an upload needs of the world. */
export interface UploadPorts {
  /** A piece of the file; null behind the last. @throws {FileRefused} */
  readPiece(piece: number): Promise<RollPieceText | null>;
  begin(signal: AbortSignal): Promise<UploadStanding>;
  send(number: number, piece: RollPieceText, signal: AbortSignal): Promise<UploadStanding>;
  finish(standing: UploadStanding, signal: AbortSignal): Promise<RollImportAnswer>;
  /** The upload under way as the platform has it; null where there is none. */
  readStanding(signal: AbortSignal): Promise<UploadStanding | null>;
  /** Keeps what it takes to go on after the page was left. */
  keep(standing: UploadStanding): void;
  /** There is nothing to go on with. */
  forget(): void;
  /** Rejects once the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

/** How far an upload is. */
export interface UploadProgress {
  /** Rows of this file that are in, counted since this page goes on with it. */
  rows: number;
  /** Which share of the file is in, in 0 to 1. */
  share: number;
}

export type UploadState =
  | ({ phase: "sending" } & UploadProgress)
  /** The line or the platform is gone: it is tried again by itself. */
  | ({ phase: "waiting"; tries: number; ms: number } & UploadProgress)
  /** It was tried long enough: whoever watches says when to go on. */
  | ({ phase: "broken" } & UploadProgress)
  /** The session has ended: it goes on after signing in again. */
  | ({ phase: "signed_out" } & UploadProgress)
  | ({ phase: "finishing" } & UploadProgress)
  | { phase: "done"; answer: RollImportAnswer }
  | { phase: "refused"; problem: ApiProblem }
  | { phase: "unreadable"; failure: FileFailure }
  | { phase: "cancelled" };

/** Ten tries take some four minutes. */
const triesMax = 10;
const delays = { firstMs: 1_000, maxMs: 30_000 };

/** An upload of a roll in pieces, which goes on after whatever breaks it off. */
export class PieceUpload {
  readonly #ports: UploadPorts;
  readonly #show: (state: UploadState) => void;
  readonly #stop = new AbortController();
  #progress: UploadProgress = { rows: 0, share: 0 };
  #goOn: (() => void) | null = null;

  constructor(ports: UploadPorts, show: (state: UploadState) => void) {
    this.#ports = ports;
    this.#show = show;
  }

  /** Uploads all that is not in; it never throws. @param from where an earlier upload stands */
  async run(from: UploadStanding | null): Promise<void> {
    try {
      this.#show({ phase: "sending", ...this.#progress });
      const begun = from ?? (await this.#untilAnswered((signal) => this.#ports.begin(signal)));
      this.#ports.keep(begun);
      const standing = await this.#sendAll(begun);
      this.#show({ phase: "finishing", ...this.#progress });
      const answer = await this.#untilAnswered((signal) => this.#ports.finish(standing, signal));
      this.#ports.forget();
      this.#show({ phase: "done", answer });
    } catch (error) {
      this.#end(error);
    }
  }

  /** Goes on at once where it waits: after signing in again, or for the line. */
  goOn(): void {
    this.#goOn?.();
  }

  cancel(): void {
    this.#stop.abort(new Cancelled());
  }

  async #sendAll(begun: UploadStanding): Promise<UploadStanding> {
    let standing = begun;
    for (;;) {
      const piece = await this.#ports.readPiece(standing.pieces);
      if (piece === null) return standing;
      const { import: number } = standing;
      standing = await this.#untilAnswered((signal) => this.#sendPiece(number, piece, signal));
      this.#ports.keep(standing);
      const { rows } = this.#progress;
      this.#progress = { rows: rows + piece.rows, share: piece.share };
      this.#show({ phase: "sending", ...this.#progress });
    }
  }

  /** A piece that the platform does not expect next: it says where the upload stands. */
  async #sendPiece(
    number: number,
    piece: RollPieceText,
    signal: AbortSignal,
  ): Promise<UploadStanding> {
    try {
      return await this.#ports.send(number, piece, signal);
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.code !== "roll.pieces_missing") throw error;
      const standing = await this.#ports.readStanding(signal);
      if (standing?.import !== number) throw error;
      return standing;
    }
  }

  /** Tries again what got no answer, or one that says "later". */
  async #untilAnswered<Given>(ask: (signal: AbortSignal) => Promise<Given>): Promise<Given> {
    const { signal } = this.#stop;
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted();
      try {
        return await ask(signal);
      } catch (error) {
        signal.throwIfAborted();
        if (isSignedOut(error)) {
          await this.#untilTold({ phase: "signed_out", ...this.#progress });
          tries = 0;
        } else if (!isPassing(error)) throw error;
        else if (tries >= triesMax) {
          await this.#untilTold({ phase: "broken", ...this.#progress });
          tries = 0;
        } else await this.#pause(tries);
      }
      this.#show({ phase: "sending", ...this.#progress });
    }
  }

  async #pause(tries: number): Promise<void> {
    const ms = Math.round(spreadDelayMs(tries, delays, this.#ports.random()));
    this.#show({ phase: "waiting", tries, ms, ...this.#progress });
    const early = new AbortController();
    this.#goOn = () => early.abort();
    const signal = AbortSignal.any([early.signal, this.#stop.signal]);
    // It ends early where somebody says so.
    await this.#ports.wait(ms, signal).catch(() => {});
    this.#goOn = null;
  }

  async #untilTold(state: UploadState): Promise<void> {
    this.#show(state);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#goOn = resolve;
    const { signal } = this.#stop;
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    await promise;
    this.#goOn = null;
  }

  #end(error: unknown): void {
    if (error instanceof Cancelled) this.#show({ phase: "cancelled" });
    else if (error instanceof FileRefused)
      this.#show({ phase: "unreadable", failure: error.failure });
    else if (error instanceof Refusal) {
      if (isOver(error.problem.code)) this.#ports.forget();
      this.#show({ phase: "refused", problem: error.problem });
    } else
      this.#show({ phase: "unreadable", failure: { reason: "broken", message: String(error) } });
  }
}

class Cancelled extends Error {
  override readonly name = "Cancelled";
}

function isSignedOut(error: unknown): boolean {
  return error instanceof Refusal && error.problem.status === 401;
}

function isPassing(error: unknown): boolean {
  if (error instanceof FileRefused) return false;
  if (!(error instanceof Refusal)) return true;
  const { status } = error.problem;
  return status === 429 || status >= 500;
}

/** Whether an upload can't go on after this refusal, with whatever file. */
function isOver(code: string): boolean {
  return ["roll.superseded", "roll.outdated", "roll.piece_changed", "decision.not_draft"].includes(
    code,
  );
}
