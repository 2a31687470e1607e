import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeOutcomes, encodeRequests } from "../../../../src/ballot/cast-code.ts";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import type { Disclosure } from "../../../../src/decision/decision.ts";
import { openIndependently, modelKeys } from "../../../support/independent-opening.ts";
import { FuzzedShard } from "../../../support/model-fuzz/fuzzed-shard.ts";
import { VirtualClock } from "../../../support/model-fuzz/virtual-clock.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { requestOf } from "../../../support/request-of.ts";

const clock = new VirtualClock(5_000);
let uninstall: () => void;
let shard: FuzzedShard;

async function openShard(disclosure: Disclosure): Promise<void> {
  shard = new FuzzedShard({
    setup: {
      revotePolicy: "revisable",
      disclosure,
      roll: null,
      opensAt: 1_000,
      closesAt: null,
      now: clock.now,
      bounds: limits,
      pids: [],
    },
    log: { publish: async () => {} },
    report: async ({ seq }) => seq,
  });
  await shard.begin();
  shard.shard.open(shard.loadRoll());
}

/** Casts in one commit; gives the voters in the order of the log. */
async function cast(requests: readonly CastRequest[]): Promise<string> {
  const answer = shard.shard.castText(encodeRequests(requests));
  clock.runTimers();
  if (answer === "overloaded") throw new Error("there is room");
  const outcomes = decodeOutcomes(await answer, modelKeys.decisionId);
  expect(outcomes.map((outcome) => outcome.kind === "accepted" && outcome.receipt.r)).toEqual(
    requests.map((request) => openIndependently(modelKeys, request).r),
  );
  return shard.shard
    .readBallots(0, 100)
    .map(({ pid }) => pid.slice(0, 1))
    .join("");
}

const requests = ["A", "B", "C"].map((letter) =>
  requestOf({ pid: letter.repeat(22), region: "north" }),
);

beforeEach(() => {
  uninstall = clock.install();
});

afterEach(() => {
  vi.restoreAllMocks();
  shard.disk.close();
  uninstall();
});

describe("the seqs that a commit gives", () => {
  it.each(["pseudonymous", "aggregate"] as const)(
    "follow the platform's random numbers in %s, and each caller gets its own answer",
    async (disclosure) => {
      vi.spyOn(crypto, "getRandomValues").mockImplementation((numbers) => numbers);
      await openShard(disclosure);
      expect(await cast(requests)).toBe("BCA");
    },
  );

  it("follow the requests in a roll call", async () => {
    vi.spyOn(crypto, "getRandomValues").mockImplementation((numbers) => numbers);
    await openShard("roll_call");
    expect(await cast(requests)).toBe("ABC");
  });

  it("follow the commits where each has one vote, as docs/secrecy.md says", async () => {
    await openShard("pseudonymous");
    const logs: string[] = [];
    for (const request of requests) logs.push(await cast([request]));
    expect(logs).toEqual(["A", "AB", "ABC"]);
  });
});
