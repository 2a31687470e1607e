import type { DeadLetter, DeadLetterStore } from "../database/database.ts";
import type { ReplayOutcome } from "../vote-log/replay-dead-letter.ts";

/** What the database refused, and the way to try it again. */
export interface ReplayableDeadLetters {
  list: DeadLetterStore["listDeadLetters"];
  find: DeadLetterStore["findDeadLetter"];
  /** Whatever it answers is durable; every call may be repeated. */
  replay(deadLetter: DeadLetter): Promise<ReplayOutcome>;
}
