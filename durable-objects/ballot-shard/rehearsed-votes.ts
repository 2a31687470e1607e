import type { Ballot } from "../../src/ballot/ballot.ts";
import { BoundedMap } from "../../src/shared/bounded-map.ts";
import { limits } from "../../src/shared/limits.ts";
import type { SpanContext } from "../../src/telemetry/traces/span-context.ts";

type Cast = Pick<Ballot, "pid"> & { nonce: string };

/**
 * By which requests the votes of a rehearsal came, for the traces of their records to point to. In
 * memory alone; of any other decision nothing is kept here.
 */
export class RehearsedVotes {
  readonly #requests = new BoundedMap<string, SpanContext>(limits.rehearsedVotesMax);
  readonly #bySeq = new BoundedMap<number, SpanContext>(limits.rehearsedVotesMax);

  /** A request waits for its commit. */
  expect(requests: readonly Cast[], span: SpanContext): void {
    for (const request of requests) this.#requests.set(nameOf(request), span);
  }

  /** Ballots were committed. */
  note(ballots: readonly (Cast & { seq: number })[]): void {
    for (const ballot of ballots) {
      const span = this.#requests.get(nameOf(ballot));
      if (span !== undefined) this.#bySeq.set(ballot.seq, span);
    }
  }

  /** The requests of the ballots after `fromSeq` up to `toSeq`, as far as they are remembered. */
  between(fromSeq: number, toSeq: number): SpanContext[] {
    const found: SpanContext[] = [];
    for (let seq = fromSeq + 1; seq <= toSeq; seq += 1) {
      const span = this.#bySeq.get(seq);
      if (span !== undefined) found.push(span);
    }
    return found;
  }
}

function nameOf({ pid, nonce }: Cast): string {
  return `${pid} ${nonce}`;
}
