import type { RefusedVote } from "../api/cast-batch.ts";
import { formatProgressCount, formatDuration } from "../command-line/progress-line.ts";
import { describeFigure, type TallyDifference } from "../count/compare-tallies.ts";
import type { SendOutcome } from "./replay-decision.ts";

/** A file that differs everywhere is as wrong after 20 lines as after 20,000. */
const linesShownMax = 20;

/** What a replay did, and everything that was not as it must be. */
export class ReplaySummary {
  readonly #decisions: number;
  readonly #rows: number;
  readonly #say: (line: string) => void;
  readonly #compared: string[] = [];
  #accepted = 0;
  #repeated = 0;
  #skipped = 0;
  #refused = 0;
  #differences = 0;
  #duplicateRows = 0;
  #linesShown = 0;
  #elapsedMs = 0;

  constructor(decisions: number, rows: number, say: (line: string) => void) {
    this.#decisions = decisions;
    this.#rows = rows;
    this.#say = say;
  }

  sent(outcome: SendOutcome): void {
    this.#accepted += outcome.accepted;
    this.#repeated += outcome.repeated;
    this.#refused += outcome.refusals.length;
    for (const refusal of outcome.refusals)
      this.#show(describeRefusal(outcome.decisionId, refusal));
  }

  skipped(votes: number): void {
    this.#skipped += votes;
  }

  compared(decisionId: string, differences: readonly TallyDifference[]): void {
    this.#compared.push(decisionId);
    this.#differences += differences.length;
    for (const difference of differences) {
      const { expected, actual } = difference;
      const where = `${decisionId}, ${describeFigure(difference)}`;
      this.#show(`difference: ${where}: the file says ${expected}, the platform ${actual}`);
    }
  }

  end(duplicateRows: number, elapsedMs: number): void {
    this.#duplicateRows = duplicateRows;
    this.#elapsedMs = elapsedMs;
  }

  /** Decisions in the order in which they were finished. */
  get comparedDecisions(): readonly string[] {
    return this.#compared;
  }

  get isExact(): boolean {
    return (
      this.#differences === 0 && this.#refused === 0 && this.#compared.length === this.#decisions
    );
  }

  lines(): string[] {
    const sent = this.#accepted + this.#repeated;
    const rate = Math.round((sent * 1_000) / this.#elapsedMs);
    const lines = [
      `votes       ${formatProgressCount(this.#rows)} in the file, ${formatProgressCount(this.#accepted)} accepted, ${formatProgressCount(this.#repeated)} repeated, ${formatProgressCount(this.#skipped)} skipped as done before, ${formatProgressCount(this.#refused)} refused`,
      `decisions   ${formatProgressCount(this.#compared.length)} of ${formatProgressCount(this.#decisions)} compared, whole and by region`,
      `differences ${formatProgressCount(this.#differences)}`,
      `time        ${formatDuration(this.#elapsedMs)}, ${formatProgressCount(rate)} votes/s`,
    ];
    if (this.#duplicateRows > 0)
      lines.push(
        `not sent    ${formatProgressCount(this.#duplicateRows)} rows of voters who had voted in the decision`,
      );
    return lines;
  }

  #show(line: string): void {
    this.#linesShown += 1;
    if (this.#linesShown <= linesShownMax) this.#say(line);
  }
}

function describeRefusal(decisionId: string, refusal: RefusedVote): string {
  return `refused: ${decisionId}, voter ${refusal.voter_id}: ${refusal.code} (${refusal.detail})`;
}
