import { formatProgressCount, formatDuration } from "../command-line/progress-line.ts";
import { limits } from "../../shared/limits.ts";
import { describeDifference, type Difference } from "./difference.ts";
import { rehearsalMeaning } from "./public-words.ts";
import type { ReceiptIndex } from "./receipt-index.ts";
import type { DecisionReport } from "./verify-decision.ts";

/**
 * What a verification comes to. It is unverified where no shard's log was looked at, or a receipt
 * could not be looked up: nothing is known to be wrong, and nothing to be right.
 */
export type VerifyVerdict = "exact" | "different" | "unverified";

/** What a verification found, over all decisions. */
export class VerifySummary {
  readonly #say: (line: string) => void;
  readonly #statuses = new Map<string, number>();
  readonly #counts = { decisions: 0, shards: 0, ballots: 0, counted: 0, receipts: 0 };
  readonly #differences = { wrong: 0, behind: 0 };
  #hidden = 0;
  #receiptsUnseen = 0;
  #hasRoll = false;
  #hasList = false;
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
    this.#hasRoll ||= report.hasRoll;
    if (report.isRehearsal) this.#say(`${report.decision} is a rehearsal: ${rehearsalMeaning}`);
    this.#statuses.set(report.status, (this.#statuses.get(report.status) ?? 0) + 1);
    this.note(report.differences);
    for (const { layer, shard, count } of report.unlisted) {
      this.#differences.wrong += count;
      this.#show(`wrong: ${report.decision}, ${layer}, shard ${shard}: ${count} more`);
    }
  }

  /**
   * A decision that shows nothing of its record before it has closed: nobody can verify it yet, nor
   * look up a receipt of it.
   */
  passOver(decision: string, receipts: number): void {
    this.#hidden += 1;
    this.#receiptsUnseen += receipts;
    this.#say(`${decision} hides its counts until it has closed`);
  }

  /** A receipt of a decision that the instance does not have is a lost decision. */
  missing(receipts: ReceiptIndex, decisions: ReadonlyMap<string, unknown>): void {
    for (const decision of receipts.decisions) {
      if (decisions.has(decision)) continue;
      const [expected, actual] = ["an acknowledged decision", "no such decision"];
      this.#note({ kind: "wrong", decision, layer: "receipts", where: "", expected, actual });
    }
  }

  note(differences: readonly Difference[]): void {
    for (const difference of differences) this.#note(difference);
  }

  /** What the public list of decisions, which was compared with the record, says otherwise. */
  noteList(differences: readonly Difference[]): void {
    this.#hasList = true;
    this.note(differences);
  }

  end(elapsedMs: number): void {
    this.#elapsedMs = elapsedMs;
  }

  get verdict(): VerifyVerdict {
    if (this.#differences.wrong > 0 || this.#differences.behind > 0) return "different";
    return this.#counts.shards === 0 || this.#receiptsUnseen > 0 ? "unverified" : "exact";
  }

  lines(): string[] {
    const { decisions, shards, ballots, counted, receipts } = this.#counts;
    const statuses = [...this.#statuses].map(
      ([status, count]) => `${formatProgressCount(count)} ${status}`,
    );
    const unseen =
      this.#receiptsUnseen === 0 ? "" : `, ${formatProgressCount(this.#receiptsUnseen)} not yet`;
    return [
      `decisions   ${formatProgressCount(decisions)} (${statuses.join(", ")}), ${formatProgressCount(shards)} shards`,
      `ballots     ${formatProgressCount(ballots)} in the logs, ${formatProgressCount(counted)} counted`,
      `receipts    ${formatProgressCount(receipts)} acknowledged ballots looked up${unseen}`,
      `wrong       ${formatProgressCount(this.#differences.wrong)}`,
      `behind      ${formatProgressCount(this.#differences.behind)}`,
      ...(this.#hidden === 0
        ? []
        : [`hidden      ${formatProgressCount(this.#hidden)} not closed yet`]),
      `time        ${formatDuration(this.#elapsedMs)}`,
      this.#sentence(),
    ];
  }

  /** The last line, which vouches for what was looked at and for nothing else. */
  #sentence(): string {
    if (this.verdict === "different") return "NOT the same everywhere";
    if (this.#counts.shards === 0)
      return "NOTHING was verified: there is no shard whose log can be read";
    if (this.#receiptsUnseen > 0)
      return "NOT every receipt was looked up: some decisions hide their counts";
    const copies = ["logs", "tallies", "room", "database", "results"];
    if (this.#hasList) copies.push("list");
    const more = [
      ...(this.#counts.receipts > 0 ? ["every receipt is recorded"] : []),
      ...(this.#hasRoll ? ["every voter on the roll"] : []),
    ];
    return [copies.join(" = "), more.join(", ")].filter((part) => part !== "").join("; ");
  }

  #note(difference: Difference): void {
    this.#differences[difference.kind] += 1;
    this.#show(describeDifference(difference));
  }

  #show(line: string): void {
    if (this.#linesShown < limits.verifyLinesMax) this.#say(line);
    else if (this.#linesShown === limits.verifyLinesMax)
      this.#say("more differences are counted below and not shown");
    this.#linesShown += 1;
  }
}
