import type { Client } from "../../client/client.ts";
import type { BallotAnswer } from "../api/answers.ts";
import { readDatabaseBallots } from "./ballot-pages.ts";
import type { Fault } from "./check-log.ts";
import { compareRow } from "./compare-row.ts";

/**
 * Walks the database's rows of a shard beside its log, both in seq order. A row that is missing, or
 * that no ballot has, is one difference, and the comparison goes on behind it.
 */
export class RowComparison {
  readonly #shard: number;
  readonly #rows: AsyncGenerator<BallotAnswer>;
  /** The row that is next; undefined where it is not read yet, null after the last. */
  #next: BallotAnswer | null | undefined;
  /** The first page is under way while the log's first page is. */
  #first: Promise<IteratorResult<BallotAnswer>> | null;

  constructor(client: Client, path: { decisionId: string; shard: number }) {
    this.#shard = path.shard;
    this.#rows = readDatabaseBallots(client, path);
    this.#first = this.#rows.next();
    // Whoever awaits it sees its failure; nobody does where the log itself failed before.
    this.#first.catch(() => {});
  }

  /** Compares the next ballot of the log with its row. */
  async pass(ballot: BallotAnswer): Promise<Fault[]> {
    const faults: Fault[] = [];
    for (;;) {
      const row = await this.#peek();
      if (row === null || row.seq > ballot.seq) return [...faults, noRow(this.#shard, ballot)];
      this.#next = undefined;
      if (row.seq === ballot.seq) return [...faults, ...compareRow(this.#shard, ballot, row)];
      faults.push(noBallot(this.#shard, row));
    }
  }

  /** Rows that are left once the log has ended. */
  async *end(): AsyncGenerator<Fault> {
    for (let row = await this.#peek(); row !== null; row = await this.#peek()) {
      this.#next = undefined;
      yield noBallot(this.#shard, row);
    }
  }

  async #peek(): Promise<BallotAnswer | null> {
    if (this.#next !== undefined) return this.#next;
    const step = await (this.#first ?? this.#rows.next());
    this.#first = null;
    this.#next = step.done === true ? null : step.value;
    return this.#next;
  }
}

function noRow(shard: number, { seq, pid }: BallotAnswer): Fault {
  return {
    where: `shard ${shard}, seq ${seq}`,
    expected: `a row for pid ${pid}`,
    actual: "no row",
  };
}

function noBallot(shard: number, { seq, pid }: BallotAnswer): Fault {
  const [expected, actual] = ["no row beyond the log", `a row of pid ${pid}`];
  return { where: `shard ${shard}, seq ${seq}`, expected, actual };
}
