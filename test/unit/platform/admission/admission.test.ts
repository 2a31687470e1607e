import { readFileSync } from "node:fs";
import { unstable_readConfig } from "wrangler";
import { describe, expect, it } from "vitest";
import {
  chooseAdmission,
  type AdmissionVariables,
} from "../../../../src/platform/admission/admission.ts";
import { rateClasses } from "../../../../src/platform/admission/rate-classes.ts";
import type { RequestClass } from "../../../../src/ports/admission.ts";
import { MemoryMeter } from "../../../../src/telemetry/metrics/meter.ts";
import { limits } from "../../../../src/shared/limits.ts";

/** A limiter that lets `max` requests of a key through, and counts the questions. */
function countingLimiter(max: number) {
  const counts = new Map<string, number>();
  const state = { questions: 0 };
  const limit = ({ key }: { key: string }) => {
    state.questions += 1;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return Promise.resolve({ success: count <= max });
  };
  return { state, limiter: { limit } };
}

function admissionWith(variables: AdmissionVariables) {
  const clock = { now: 0 };
  const reports: string[] = [];
  const meter = new MemoryMeter(() => clock.now);
  const report = (event: string) => void reports.push(event);
  const admission = chooseAdmission(variables, { now: () => clock.now, report, meter });
  return { admission, bindings: variables, clock, reports, meter };
}

/** How many of so many requests of a subject are admitted. */
async function admitted(
  { admission }: ReturnType<typeof admissionWith>,
  kind: RequestClass,
  { subject = "a", requests }: { subject?: string; requests: number },
): Promise<number> {
  let count = 0;
  for (let sent = 0; sent < requests; sent += 1) {
    if (await admission.admits(kind, subject)) count += 1;
  }
  return count;
}

const down = { limit: () => Promise.reject(new Error("away")) };

describe("with the platform's limiter", () => {
  it("a subject is admitted as often as it says, and another one does not feel it", async () => {
    const { limiter } = countingLimiter(3);
    const host = admissionWith({ RATE_READ: limiter });
    expect(await admitted(host, "read", { requests: 5 })).toBe(3);
    expect(await admitted(host, "read", { subject: "b", requests: 2 })).toBe(2);
  });

  it("a refusal is remembered for a second, in which nobody is asked", async () => {
    const { limiter, state } = countingLimiter(1);
    const host = admissionWith({ RATE_EXPORT: limiter });
    expect(await admitted(host, "export", { requests: 100 })).toBe(1);
    expect(state.questions).toBe(2);
    host.clock.now = limits.rateRefusalKeptMs - 1;
    await admitted(host, "export", { requests: 1 });
    expect(state.questions).toBe(2);
    host.clock.now = limits.rateRefusalKeptMs;
    await admitted(host, "export", { requests: 1 });
    expect(state.questions).toBe(3);
  });

  it("counts each refusal, by its class alone", async () => {
    const host = admissionWith({ RATE_EXPORT: countingLimiter(1).limiter });
    await admitted(host, "export", { requests: 5 });
    const values = ["export"];
    const refused = { name: "enviro.limiter.refusals", values, kind: "counter", value: 4 };
    expect(host.meter.take({ holdsBack: false })).toEqual([refused]);
  });

  it("a refusal of one class is none of another", async () => {
    const { limiter } = countingLimiter(0);
    const host = admissionWith({ RATE_EXPORT: limiter, RATE_READ: countingLimiter(9).limiter });
    expect(await admitted(host, "export", { requests: 1 })).toBe(0);
    expect(await admitted(host, "read", { requests: 1 })).toBe(1);
  });
});

describe("while the limiter is away", () => {
  for (const [how, variables] of [
    ["missing", {}],
    ["failing", { RATE_READ: down, RATE_KEY: down, RATE_VOTER: down, RATE_EVALUATE: down }],
  ] as const) {
    it(`reads go on, and what writes or takes long is counted here: ${how}`, async () => {
      const host = admissionWith(variables);
      expect(await admitted(host, "read", { requests: 5_000 })).toBe(5_000);
      const { rateKeyRequestsMax, rateVoterRequestsMax, rateEvaluationsMax } = limits;
      expect(await admitted(host, "key", { requests: 5_000 })).toBe(rateKeyRequestsMax);
      expect(await admitted(host, "voter", { requests: 50 })).toBe(rateVoterRequestsMax);
      expect(await admitted(host, "voter", { subject: "b", requests: 1 })).toBe(1);
      expect(await admitted(host, "evaluate", { requests: 50 })).toBe(rateEvaluationsMax);
      // Once for each of the four.
      expect(host.reports).toEqual(Array.from({ length: 4 }, () => "admission.limiter_away"));
    });
  }

  it("a class whose counter is missing, failing or silent opens no other", async () => {
    const silent = { limit: () => new Promise<never>(() => {}) };
    const { rateListsMax, rateWatchesMax } = limits;
    for (const away of [{}, { RATE_READ: down }, { RATE_READ: silent }]) {
      const host = admissionWith({
        ...away,
        RATE_LIST: countingLimiter(rateListsMax).limiter,
        RATE_WATCH: countingLimiter(rateWatchesMax).limiter,
      });
      expect(await admitted(host, "read", { requests: 20 })).toBe(20);
      expect(await admitted(host, "list", { requests: 300 })).toBe(rateListsMax);
      expect(await admitted(host, "watch", { requests: 300 })).toBe(rateWatchesMax);
      expect(host.reports).toEqual(["admission.limiter_away"]);
    }
  });

  it("a class that fails is not held to be well because another one answers", async () => {
    const host = admissionWith({ RATE_READ: down, RATE_LIST: countingLimiter(1_000).limiter });
    let questions = 0;
    const counted = { limit: () => ((questions += 1), down.limit()) };
    host.bindings.RATE_READ = counted;
    for (let turn = 0; turn < 20; turn += 1) {
      await admitted(host, "read", { requests: 1 });
      await admitted(host, "list", { requests: 1 });
    }
    expect(questions).toBe(limits.cacheFailuresMax);
    expect(host.reports).toEqual(["admission.limiter_away"]);
  });

  it("what is counted here begins anew with a window", async () => {
    const host = admissionWith({});
    await admitted(host, "evaluate", { requests: 100 });
    host.clock.now = limits.rateWindowSeconds * 1_000 - 1;
    expect(await admitted(host, "evaluate", { requests: 1 })).toBe(0);
    host.clock.now += limits.rateRefusalKeptMs;
    const { rateEvaluationsMax } = limits;
    expect(await admitted(host, "evaluate", { requests: 100 })).toBe(rateEvaluationsMax);
  });

  it("one that never answers is not waited for", async () => {
    const host = admissionWith({ RATE_READ: { limit: () => new Promise(() => {}) } });
    expect(await admitted(host, "read", { requests: 1 })).toBe(1);
  });

  it("the limiter is asked again after a while, and counts again once it is back", async () => {
    const { limiter } = countingLimiter(0);
    const bindings: AdmissionVariables = { RATE_READ: down };
    const host = admissionWith(bindings);
    expect(await admitted(host, "read", { requests: 9 })).toBe(9);
    bindings.RATE_READ = limiter;
    expect(await admitted(host, "read", { requests: 1 })).toBe(1);
    host.clock.now = limits.cachePauseMs;
    expect(await admitted(host, "read", { requests: 1 })).toBe(0);
  });
});

describe("voters", () => {
  it("need not be asked about the first times in a window", () => {
    const { admission, clock } = admissionWith({});
    const pid = "abcdefghijklmnopqrstuv";
    const asked = (times: number) =>
      Array.from({ length: times }, () => admission.isFrequentVoter(pid));
    const free = limits.rateVoterRequestsFree;
    expect(asked(free + 1)).toEqual([...Array.from({ length: free }, () => false), true]);
    clock.now = limits.rateWindowSeconds * 1_000;
    expect(asked(1)).toEqual([false]);
  });

  it("of a crowd hardly any is taken for a frequent one", () => {
    const { admission } = admissionWith({});
    let frequent = 0;
    for (let voter = 0; voter < 10_000; voter += 1) {
      // Any 24 bits, spread as those of a mac.
      const bits = Math.imul(voter + 1, 0x9e37_79b1) >>> 8;
      const pid = Buffer.from([bits >> 16, bits >> 8, bits]).toString("base64url");
      if (admission.isFrequentVoter(pid.padEnd(22, "A"))) frequent += 1;
    }
    expect(frequent).toBeLessThan(100);
  });
});

it("nothing is limited where it is turned off", async () => {
  const host = admissionWith({ RATE_LIMITS: "off", RATE_EXPORT: down });
  expect(host.admission.isOn).toBe(false);
  expect(await admitted(host, "export", { requests: 100 })).toBe(100);
  const voter = Array.from({ length: 9 }, () => host.admission.isFrequentVoter("a".repeat(22)));
  expect(voter).not.toContain(true);
  expect(host.reports).toEqual([]);
});

type Bound = { name: string; namespace_id: string; simple: { limit: number; period: number } };

function sorted(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

it("wrangler.toml gives the platform the figures of the limits", () => {
  const config: { ratelimits: Bound[] } = unstable_readConfig({ config: "wrangler.toml" });
  const { ratelimits } = config;
  const bound = ratelimits.map(({ name, simple }) => [name, simple.limit, simple.period]);
  const period = limits.rateWindowSeconds;
  const wanted = Object.values(rateClasses).map(({ binding, max }) => [binding, max, period]);
  expect(sorted(bound)).toEqual(sorted(wanted));
  const namespaces = new Set(ratelimits.map(({ namespace_id }) => namespace_id));
  expect(namespaces.size).toBe(wanted.length);
});

it("docs/operations.md gives the figures of the limits", () => {
  const rows = readFileSync("docs/operations.md", "utf8").matchAll(
    /^\| `(\w+)` \| (\d[\d,]*) \|/gm,
  );
  const told = [...rows].map(([, kind, max]) => [kind, Number(max?.replaceAll(",", ""))]);
  const wanted = Object.entries(rateClasses).map(([kind, { max }]) => [kind, max]);
  expect(sorted(told)).toEqual(sorted(wanted));
});
