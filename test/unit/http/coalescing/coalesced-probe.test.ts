import { describe, expect, it } from "vitest";
import { SharedLook } from "../../../../src/http/coalescing/coalesced-probe.ts";
import { limits } from "../../../../src/shared/limits.ts";

/** Looks that end when the test says so, and a clock that waiting moves. */
function watched() {
  const clock = {
    time: 1_790_000_000_000,
    now: () => clock.time,
    sleep: async (ms: number) => void (clock.time += ms),
  };
  const ends: ((value: string) => void)[] = [];
  const look = new SharedLook(
    () => new Promise<string>((resolve) => void ends.push(resolve)),
    clock,
  );
  return { clock, ends, look };
}

describe("a shared look", () => {
  it("under way is no reason to wait for who can be told of the one before, and when that was", async () => {
    const { clock, ends, look } = watched();
    const first = look.read();
    const began = clock.time;
    ends[0]?.("ready");
    await first;
    clock.time += limits.healthSharedMs;
    const second = look.read();
    expect(await look.read()).toMatchObject({ value: "ready", at: began });
    ends[1]?.("degraded");
    expect(await second).toMatchObject({ value: "degraded" });
    expect(await look.read()).toMatchObject({ value: "degraded" });
    expect(ends).toHaveLength(2);
  });

  it("from long ago is not told of now", async () => {
    const { clock, ends, look } = watched();
    const first = look.read();
    ends[0]?.("ready");
    await first;
    clock.time += limits.healthKeptMs;
    void look.read();
    expect(await look.read()).toBeNull();
  });

  it("that was given up with its request holds others up for a while only", async () => {
    const { clock, ends, look } = watched();
    void look.read();
    clock.time += limits.healthClaimMs;
    const second = look.read();
    expect(ends).toHaveLength(2);
    ends[1]?.("ready");
    expect(await second).toMatchObject({ value: "ready" });
  });

  it("that comes back after a later one does not take its place", async () => {
    const { clock, ends, look } = watched();
    const first = look.read();
    clock.time += limits.healthClaimMs;
    const second = look.read();
    ends[1]?.("later");
    await second;
    ends[0]?.("earlier");
    await first;
    expect(await look.read()).toMatchObject({ value: "later" });
  });

  it("that fails is told to who asked for it, and the next may look", async () => {
    let isDown = true;
    const clock = { now: () => 1, sleep: () => Promise.resolve() };
    const look = new SharedLook(
      () => (isDown ? Promise.reject(new Error("down")) : Promise.resolve("ready")),
      clock,
    );
    await expect(look.read()).rejects.toThrow("down");
    isDown = false;
    expect(await look.read()).toMatchObject({ value: "ready" });
  });
});
