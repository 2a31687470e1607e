import type { SocketOutcome, VoteAttempt } from "./send-vote.ts";
import type { SocketAttempt, VoteSocket } from "./vote-socket.ts";

/** Opens a socket with a ballot token; rejects where none opens. */
export type OpenSocket = (token: string) => Promise<VoteSocket>;

/** `socket` is null while it opens. */
type HeldSocket = { token: string; socket: VoteSocket | null };

/**
 * At most one socket, opened before a vote needs it. No vote waits for it or depends on it: what it
 * does not answer goes by POST.
 */
export class VoteConnection {
  readonly #openSocket: OpenSocket;
  #held: HeldSocket | null = null;

  constructor(openSocket: OpenSocket) {
    this.#openSocket = openSocket;
  }

  /** Opens a socket with this token, unless there is one, or one on its way. */
  async open(token: string): Promise<void> {
    const isUsable = this.#held?.socket?.isOpen() ?? true;
    if (this.#held?.token === token && isUsable) return;
    this.close();
    const held: HeldSocket = { token, socket: null };
    this.#held = held;
    try {
      const socket = await this.#openSocket(token);
      if (this.#held === held) held.socket = socket;
      else socket.close();
    } catch {
      // Votes go by POST, which says what is wrong, if anything is.
      if (this.#held === held) this.#held = null;
    }
  }

  close(): void {
    this.#held?.socket?.close();
    this.#held = null;
  }

  /** Null where there is no open socket of this token, and nothing was sent. */
  async cast(attempt: VoteAttempt): Promise<SocketOutcome | null> {
    const held = this.#held;
    if (!isChoice(attempt) || held?.token !== attempt.token) return null;
    if (held.socket === null || !held.socket.isOpen()) return null;
    const outcome = await held.socket.cast(attempt);
    if (!isLast(outcome) && this.#held === held) this.close();
    return outcome;
  }
}

/** Whether nothing is to be sent again; else it goes by POST, whose refusal says when. */
function isLast(outcome: SocketOutcome): boolean {
  if (outcome.kind !== "problem") return outcome.kind === "receipt";
  return outcome.problem.status < 500 && outcome.problem.status !== 429;
}

function isChoice(attempt: VoteAttempt): attempt is SocketAttempt {
  return attempt.choice !== "withdrawn";
}
