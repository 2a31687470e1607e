import { formatCount, formatDuration } from "../command-line/progress-line.ts";
import { describeDifference, type Difference } from "./difference.ts";
import type { ReceiptIndex } from "./receipt-index.ts";
import type { DecisionReport } from "./verify-decision.ts";

const linesShownMax = 20;

/** What a verification found, over all decisions. */
export class VerifySummary {
  readonly #say: (line: string) => void;
  readonly #statuses = new Map<string, number>();
  readonly #counts = { decisions: 0, shards: 0, ballots: 0, counted: 0, receipts: 0 };
  readonly #differences = { wrong: 0, behind: 0 };
  #hidden = 0;
  #linesShown = 0;
  #elapsedMs = 0;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(report: DecisionReport): void {
    this.#counts.decisions += 1;
    this.#counts.shards += report.shards;
    this.#counts.ballots += report.ballots;
    this.#counts.counted += report.counted;
    this.#counts.receipts += report.receipts;
    this.#statuses.set(report.status, (this.#statuses.get(report.status) ?? 0) + 1);
    for (const difference of report.differences) this.#note(difference);
  }

  /** A decision that shows nothing of its record before it has closed: nobody can verify it yet. */
  passOver(decision: string): void {
    this.#hidden += 1;
    this.#say(`${decision} hides its counts until it has closed`);
  }

  /** A receipt of a decision that the instance does not have is a lost decision. */
  missing(receipts: ReceiptIndex, decisions: ReadonlyMap<string, unknown>): void {
    for (const decision of receipts.decisions) {
      if (decisions.has(decision)) continue;
      const [expected, actual] = ["an acknowledged decision", "no such decision"];
      this.#note({ kind: "wrong", decision, layer: "receipts", place: "", expected, actual });
    }
  }

  note(differences: readonly Difference[]): void {
    for (const difference of differences) this.#note(difference);
  }

  end(elapsedMs: number): void {
    this.#elapsedMs = elapsedMs;
  }

  get isExact(): boolean {
    return this.#differences.wrong === 0 && this.#differences.behind === 0;
  }

  lines(): string[] {
    const { decisions, shards, ballots, counted, receipts } = this.#counts;
    const statuses = [...this.#statuses].map(
      ([status, count]) => `${formatCount(count)} ${status}`,
    );
    return [
      `decisions   ${formatCount(decisions)} (${statuses.join(", ")}), ${formatCount(shards)} shards`,
      `ballots     ${formatCount(ballots)} in the logs, ${formatCount(counted)} counted`,
      `receipts    ${formatCount(receipts)} acknowledged ballots looked up`,
      `wrong       ${formatCount(this.#differences.wrong)}`,
      `behind      ${formatCount(this.#differences.behind)}`,
      ...(this.#hidden === 0 ? [] : [`hidden      ${formatCount(this.#hidden)} not closed yet`]),
      `time        ${formatDuration(this.#elapsedMs)}`,
      this.isExact
        ? "logs = tallies = room = database = results = list; every receipt is recorded, every voter on the roll"
        : "NOT the same everywhere",
    ];
  }

  #note(difference: Difference): void {
    this.#differences[difference.kind] += 1;
    this.#linesShown += 1;
    if (this.#linesShown <= linesShownMax) this.#say(describeDifference(difference));
  }
}
