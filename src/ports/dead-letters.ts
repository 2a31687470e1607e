import type { Actor } from "../audit-log/audit-entry.ts";
import type { DeadLetter, DeadLetterStore } from "../database/database.ts";
import type { ReplayOutcome } from "../vote-log/replay-dead-letter.ts";

/** What the database refused, and the way to try it again. */
export interface ReplayableDeadLetters {
  list: DeadLetterStore["listDeadLetters"];
  find: DeadLetterStore["findDeadLetter"];
  /** Whatever it answers is durable; every call may be repeated. */
  replay(deadLetter: DeadLetter): Promise<ReplayOutcome>;
  /**
   * Drops what can't be read, once it is recorded who did so; a crash in between leaves it there. One
   * that can be replayed is left alone.
   */
  dismiss(deadLetter: DeadLetter, actor: Actor): Promise<"dismissed" | "replayable">;
}
