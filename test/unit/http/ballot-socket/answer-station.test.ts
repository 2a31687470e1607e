import { describe, expect, it } from "vitest";
import { noTracer } from "../../../../src/telemetry/traces/tracer.ts";
import { receiptKeys } from "../../../../src/auth/receipt-keys.ts";
import type { CastOutcome } from "../../../../src/ballot/cast-many.ts";
import type { DecisionDraft } from "../../../../src/decision/decision.ts";
import { freezeManifest } from "../../../../src/decision/manifest.ts";
import { answerStation, creditsOf } from "../../../../src/http/ballot-socket/answer-station.ts";
import { Problem } from "../../../../src/http/problem.ts";
import { problems } from "../../../../src/http/problems/problems.ts";
import type { CastVotes, ShardFailure } from "../../../../src/ports/ballots.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectDescribed } from "../../../support/described-message.ts";
import { labelNonce } from "../../../support/label-nonce.ts";
import { sampleDecision, sampleDraft } from "../../../support/sample-draft.ts";

const all = limits.stationVotesUnansweredMax;
const counted: CastOutcome = {
  kind: "accepted",
  receipt: { decisionId: "delta", ballotHash: "1".repeat(64), r: "2", u: "3", c: "4" },
};
const votes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    voter_id: `voter-${index}`,
    vote: "yes",
    nonce: labelNonce(`${index}`),
  }));
const message = (id: number, count: number) => JSON.stringify({ id, votes: votes(count) });

interface StationSetting {
  refusal?: Problem | null;
  /** How many calls each message takes. */
  calls?: number;
  placement?: DecisionDraft["placement"];
}

/** A station whose votes come to this, with what its key was asked for. */
function stationWith(
  outcome: CastOutcome | ShardFailure = counted,
  { refusal = null, calls = 1, placement = [] }: StationSetting = {},
) {
  const admitted: number[] = [];
  const answers: (() => void)[] = [];
  const isHeld = { value: false };
  const taken = { calls: 0, pending: 0, votes: 0 };
  const cast: CastVotes = async (requests) => {
    taken.calls += calls;
    if (isHeld.value) await new Promise<void>((resolve) => answers.push(resolve));
    return requests.map(() => outcome);
  };
  const deps = {
    // As much of them as is called.
    meter: { count: () => {} } as never,
    receipts: receiptKeys(`one:${"A".repeat(43)}`),
    report: () => {},
    tracer: noTracer,
  };
  const station = {
    context: {
      manifest: freezeManifest(
        sampleDecision(sampleDraft({ disclosure: "pseudonymous", placement })),
        null,
        0,
      ),
      decisionKey: new Uint8Array(32),
      generation: 1,
    },
    admit: async (some: number) => {
      admitted.push(some);
      if (refusal !== null) throw refusal;
    },
    cast,
    unanswered: 0,
    taken,
    isSpent: false,
  };
  const answer = async (text: unknown) => {
    const { text: said, close } = await answerStation(deps, station, text);
    const body: unknown = said === null ? null : JSON.parse(said);
    expectDescribed(body, ["results", "stationProblem"]);
    return { body, code: close?.code ?? null };
  };
  const hold = () => {
    isHeld.value = true;
    return () => answers.splice(0).forEach((resolve) => resolve());
  };
  return { answer, admitted, station, hold };
}

describe("a message of a station", () => {
  it("counts as so many votes, and one that can't be taken as a whole batch", async () => {
    const { answer, admitted } = stationWith();
    await answer(message(1, 3));
    await answer('{"id":2}');
    await answer('{"votes":[]}');
    expect(admitted).toEqual([3, limits.batchVotesMax, limits.batchVotesMax]);
  });

  it("takes its credits until it is answered, and is refused where there are too few", async () => {
    const { answer, admitted, station, hold } = stationWith();
    const release = hold();
    const under = [answer(message(1, 1_000)), answer(message(2, 999))];
    expect(creditsOf(station)).toBe(all - 1_999);
    const refused = await answer(message(3, 2));
    expect(refused.body).toMatchObject({
      id: 3,
      credits: 1,
      problem: { code: "socket.no_credit" },
    });
    expect(admitted).toEqual([1_000, 999, limits.batchVotesMax]);
    release();
    for (const { body } of await Promise.all(under))
      expect(body).toMatchObject({ type: "results" });
    expect(creditsOf(station)).toBe(all);
  });

  it("whose key sends too much, or is good no more, ends the socket and gives its credits back", async () => {
    const codes = [
      ["rate.exceeded", 1013],
      ["key.invalid", 1008],
    ] as const;
    for (const [code, close] of codes) {
      const { answer, station } = stationWith(counted, { refusal: new Problem(code) });
      expect(await answer(message(4, 2))).toMatchObject({
        body: { id: 4, credits: all, problem: { code } },
        code: close,
      });
      expect(station.unanswered).toBe(0);
    }
  });

  it("that no shard takes is refused as a whole, and ends nothing", async () => {
    const { answer } = stationWith("overloaded");
    const body = {
      type: "problem",
      id: 1,
      problem: { code: "shard.overloaded" },
      retry_after: problems["shard.overloaded"].retryAfterSeconds,
    };
    expect(await answer(message(1, 2))).toMatchObject({ body, code: null });
  });

  it.each([
    ["calls", limits.stationSocketCallsMax - 1],
    ["votes", limits.stationSocketVotesMax - 1],
  ] as const)(
    "with which the socket's %s are used up ends it once all is answered",
    async (of, taken) => {
      const { answer, station, hold } = stationWith();
      const release = hold();
      const before = answer(message(1, 1));
      station.taken[of] = taken;
      const last = answer(message(2, 1));
      await new Promise((resolve) => setTimeout(resolve, 0));
      release();
      expect(await before).toMatchObject({ body: { id: 1, accepted: 1 }, code: null });
      expect(await last).toMatchObject({ body: { id: 2, accepted: 1 }, code: 1001 });
    },
  );

  it("counts as the calls of shards that were made, and as all it may make until it is answered", async () => {
    const groups = Array.from({ length: 9 }, (_, index) => ({ regions: [`${index}`] }));
    const placement = groups.map((group) => ({ ...group, locationHint: null, shards: 1 }));
    const { answer, station, hold } = stationWith(counted, { calls: 2, placement });
    for (let id = 1; id <= 500; id += 1) expect((await answer(message(id, 1))).code).toBeNull();
    expect(station.taken).toEqual({ calls: 1_000, pending: 0, votes: 500 });
    const release = hold();
    const last = answer(message(501, 1));
    // At the hinted shard, in its roll, in those of nine groups, and at the holder.
    expect(station.taken.pending).toBe(12);
    await new Promise((resolve) => setTimeout(resolve, 0));
    release();
    await last;
    expect(station.taken).toEqual({ calls: 1_002, pending: 0, votes: 501 });
  });

  it("that may call more than its socket has left is the last, whatever it calls then", async () => {
    const { answer, station, hold } = stationWith();
    const release = hold();
    station.taken.calls = limits.stationSocketCallsMax - 1;
    const last = answer(message(1, 1));
    expect(station.isSpent).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 0));
    station.taken.calls = 0;
    release();
    expect((await last).code).toBe(1001);
  });

  it("after the close is answered, and ends the socket", async () => {
    const { answer } = stationWith({ kind: "refused", code: "decision.closed" });
    expect(await answer(message(1, 2))).toMatchObject({ body: { refused: 2 }, code: 1000 });
  });

  it("that is no text, or too much of it, ends the socket", async () => {
    const { answer } = stationWith();
    expect(await answer(new ArrayBuffer(2))).toEqual({ body: null, code: 1003 });
    const long = "x".repeat(limits.batchBytesMax + 1);
    expect(await answer(long)).toEqual({ body: null, code: 1009 });
  });

  it("that breaks something ends the socket with 1011", async () => {
    const { answer, station } = stationWith();
    Object.assign(station.context, { decisionKey: null });
    expect(await answer(message(1, 1))).toEqual({ body: null, code: 1011 });
    expect(station.unanswered).toBe(0);
  });
});
