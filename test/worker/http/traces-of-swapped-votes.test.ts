import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeRequests } from "../../../src/ballot/cast-code.ts";
import { limits } from "../../../src/shared/limits.ts";
import { encodeSpan } from "../../../src/telemetry/traces/otlp-json.ts";
import type { FinishedSpan } from "../../../src/telemetry/traces/span.ts";
import { currentSpan } from "../../../src/telemetry/traces/trace-scope.ts";
import { Shard } from "../../../durable-objects/ballot-shard/shard.ts";
import { traceInTests, traceShare, watchSpans } from "../../support/worker/trace-everything.ts";
import { releaseClock } from "../../support/worker/clock.ts";
import {
  castSeeded,
  closeSeeded,
  openSeededElection,
  seededId,
  seededVoters,
  seededVotes,
  swapSeededOpenings,
  swapSeededVotes,
  type SeededTerms,
} from "../../support/worker/swapped-votes/seeded-election.ts";

// Two elections in which four pairs of voters swap their votes, with every request and record traced.

const { listedResultDelayMs } = limits;
beforeAll(() => void Reflect.set(limits, "listedResultDelayMs", 9 * 10 ** 12));
afterAll(() => void Reflect.set(limits, "listedResultDelayMs", listedResultDelayMs));

traceInTests();
beforeEach(() => traceShare("1"));

afterEach(() => {
  vi.restoreAllMocks();
  releaseClock();
});

const terms: SeededTerms = { disclosure: "pseudonymous", visibility: "turnout", shards: 2 };

/** All spans of an election, to its certificate, as they would be sent. */
async function watchTraces(
  isSwapped: boolean,
  { plant, ...more }: Partial<SeededTerms> & { plant?: () => void } = {},
): Promise<FinishedSpan[]> {
  const election = await openSeededElection(7, { ...terms, ...more });
  const spans = watchSpans();
  if (isSwapped) await swapSeededOpenings(election);
  plant?.();
  const votes = seededVotes(7);
  await castSeeded(election, isSwapped ? swapSeededVotes(votes) : votes);
  const certify = await closeSeeded(election);
  await certify();
  return spans;
}

/** What a span says, without its ids and times. */
function shapeOf({ name, kind, attributes, links, isFailed }: FinishedSpan): string {
  return JSON.stringify({ name, kind, attributes, links: links.length, isFailed });
}

/** The requests that vote, each with all spans of its trace, in the order in which they end. */
function votesOf(spans: readonly FinishedSpan[]): string[][] {
  const requests = spans.filter(({ name }) => name === "POST /api/v1/voting/cast-vote");
  return requests.map(({ context }) =>
    spans.filter((span) => span.context.traceId === context.traceId).map(shapeOf),
  );
}

describe("the traces of voters who swap their votes", () => {
  it("are alike, and say neither whose votes they are nor of which decision", async () => {
    const one = await watchTraces(false);
    const other = await watchTraces(true);
    expect(votesOf(one).length).toBeGreaterThan(seededVoters.length);
    expect(votesOf(other)).toEqual(votesOf(one));
    // Alarms come in their own time: what they trace, and not how often.
    const shapes = (spans: readonly FinishedSpan[]) => [...new Set(spans.map(shapeOf))].toSorted();
    expect(shapes(other)).toEqual(shapes(one));
    const requests = new Set(
      one.filter(({ name }) => name === "commit").map(({ context }) => context.traceId),
    );
    for (const span of one.filter(({ context }) => requests.has(context.traceId))) {
      expect(span.links).toEqual([]);
      expect(encodeSpan(span)).not.toContain(seededId);
    }
    for (const span of one.filter(({ name }) => name === "drain")) {
      expect(span.links).toEqual([]);
      expect(encodeSpan(span)).not.toContain(seededId);
    }
  });

  it("differ where a shard tells its spans who said yes", async () => {
    const leak = (): void => {
      const cast: unknown = Reflect.get(Shard.prototype, "castText");
      vi.spyOn(Shard.prototype, "castText").mockImplementation(function (this: Shard, text) {
        const isYes = decodeRequests(text).some(({ choice }) => choice === "yes");
        if (isYes) currentSpan()?.set({ "enviro.shard.number": 0 });
        return Reflect.apply(cast as Shard["castText"], this, [text]);
      });
    };
    const one = await watchTraces(false, { plant: leak });
    const other = await watchTraces(true, { plant: leak });
    expect(votesOf(other)).not.toEqual(votesOf(one));
  });
});

it("of a sealed decision no vote is traced, nor the record of any", async () => {
  const spans = await watchTraces(false, { visibility: "sealed" });
  const names = new Set(spans.map(({ name }) => name));
  for (const name of ["POST /api/v1/voting/cast-vote", "shard castText", "commit", "drain"])
    expect(names).not.toContain(name);
  expect(names).toContain("reconcile");
});
