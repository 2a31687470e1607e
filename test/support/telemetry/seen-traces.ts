import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SeenSpan } from "./otlp-sink.ts";

/** What a collector has seen, as who looks at it does. */
export class SeenTraces {
  readonly #spans: readonly SeenSpan[];

  constructor(spans: readonly SeenSpan[]) {
    this.#spans = spans;
  }

  named(name: string): SeenSpan[] {
    return this.#spans.filter((span) => span.name === name);
  }

  /** The spans of this name right within another. */
  within(parent: SeenSpan | undefined, name: string): SeenSpan[] {
    return this.named(name).filter(({ parentSpanId }) => parentSpanId === parent?.spanId);
  }

  /** The newest span of a name, and of each name after it one within the one before. */
  chain(first: string, names: readonly string[]): SeenSpan[] {
    const begin = this.named(first).at(-1);
    if (begin === undefined) throw new Error(`there is no span ${first}`);
    const spans = [begin];
    for (const name of names) {
      const [next] = this.within(spans.at(-1), name);
      if (next === undefined) throw new Error(`there is no span ${name} in ${spans.at(-1)?.name}`);
      spans.push(next);
    }
    return spans;
  }

  /** The span in which a shard takes the database's confirmation, once those around it have come. */
  confirmation(): SeenSpan | undefined {
    const [drain] = this.named("drain").slice(-1);
    if (!this.named("write").some(({ traceId }) => traceId === drain?.traceId)) return undefined;
    return this.#spans.find(
      ({ name, kind, traceId }) =>
        /^(?:shard confirm|room confirmFirst)$/.test(name) &&
        kind === 2 &&
        traceId === drain?.traceId,
    );
  }

  /** All spans of the traces that one is in, or that links lead to or come from. */
  reachedFrom(span: SeenSpan | undefined): SeenSpan[] {
    const traces = new Set(span === undefined ? [] : [span.traceId]);
    for (let size = 0; size < traces.size;) {
      size = traces.size;
      for (const { traceId, links } of this.#spans) {
        const ends = [traceId, ...links.map((link) => link.traceId)];
        if (ends.some((end) => traces.has(end))) for (const end of ends) traces.add(end);
      }
    }
    return this.#spans.filter(({ traceId }) => traces.has(traceId));
  }

  /** Spans that end before they begin, or whose parent is unknown though its trace begins here. */
  problems(): string[] {
    const known = new Set(this.#spans.map(({ spanId }) => spanId));
    return this.#spans.flatMap(({ name, startedAt, endedAt, parentSpanId, kind }) => {
      const faults = endedAt < startedAt ? [`${name} ends before it begins`] : [];
      const isLost = parentSpanId !== null && !known.has(parentSpanId) && kind !== 2;
      return isLost ? [...faults, `${name} has no parent`] : faults;
    });
  }

  /** The files of a folder in which an id of these traces stands. */
  foundIn(folder: string): string[] {
    const ids = [...new Set(this.#spans.flatMap(({ traceId, spanId }) => [traceId, spanId]))];
    const files = globSync("**/*.sqlite*", { cwd: folder });
    if (files.length === 0 || ids.length === 0) throw new Error("there is nothing to look at");
    return files.filter((file) => {
      const text = readFileSync(join(folder, file)).toString("latin1");
      return ids.some((id) => text.includes(id));
    });
  }
}
