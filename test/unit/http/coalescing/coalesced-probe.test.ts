import { describe, expect, it } from "vitest";
import { CoalescedProbe } from "../../../../src/http/coalescing/coalesced-probe.ts";
import { limits } from "../../../../src/shared/limits.ts";

/** Probes that end when the test says so, and a clock that waiting moves. */
function watched() {
  const clock = {
    time: 1_790_000_000_000,
    now: () => clock.time,
    sleep: async (ms: number) => void (clock.time += ms),
  };
  const ends: ((value: string) => void)[] = [];
  const probe = new CoalescedProbe(
    () => new Promise<string>((resolve) => void ends.push(resolve)),
    clock,
  );
  return { clock, ends, probe };
}

describe("a coalesced probe", () => {
  it("that runs makes nobody wait who can have the result before it, with its time", async () => {
    const { clock, ends, probe } = watched();
    const first = probe.read();
    const began = clock.time;
    ends[0]?.("ready");
    await first;
    clock.time += limits.healthSharedMs;
    const second = probe.read();
    expect(await probe.read()).toMatchObject({ value: "ready", startedAt: began });
    ends[1]?.("degraded");
    expect(await second).toMatchObject({ value: "degraded" });
    expect(await probe.read()).toMatchObject({ value: "degraded" });
    expect(ends).toHaveLength(2);
  });

  it("from long ago is not shared any more", async () => {
    const { clock, ends, probe } = watched();
    const first = probe.read();
    ends[0]?.("ready");
    await first;
    clock.time += limits.healthKeptMs;
    void probe.read();
    expect(await probe.read()).toBeNull();
  });

  it("whose request was cancelled holds others up for a while only", async () => {
    const { clock, ends, probe } = watched();
    void probe.read();
    clock.time += limits.healthClaimMs;
    const second = probe.read();
    expect(ends).toHaveLength(2);
    ends[1]?.("ready");
    expect(await second).toMatchObject({ value: "ready" });
  });

  it("that comes back after a later one does not replace it", async () => {
    const { clock, ends, probe } = watched();
    const first = probe.read();
    clock.time += limits.healthClaimMs;
    const second = probe.read();
    ends[1]?.("later");
    await second;
    ends[0]?.("earlier");
    await first;
    expect(await probe.read()).toMatchObject({ value: "later" });
  });

  it("that fails rejects for who started it, and the next may start another", async () => {
    let isDown = true;
    const clock = { now: () => 1, sleep: () => Promise.resolve() };
    const probe = new CoalescedProbe(
      () => (isDown ? Promise.reject(new Error("down")) : Promise.resolve("ready")),
      clock,
    );
    await expect(probe.read()).rejects.toThrow("down");
    isDown = false;
    expect(await probe.read()).toMatchObject({ value: "ready" });
  });
});
