import { expect, test } from "vitest";
import { withDeadline } from "../../../src/shared/deadline.ts";

const never = new Promise<string>(() => {});

test("what settles in time is passed on, a failure too", async () => {
  expect(await withDeadline(Promise.resolve("yes"), 60_000)).toBe("yes");
  await expect(withDeadline(Promise.reject(new Error("no")), 60_000)).rejects.toThrow("no");
});

test("what is late rejects, or comes to what the caller makes of it", async () => {
  await expect(withDeadline(never, 1)).rejects.toThrow("no answer within 1 ms");
  expect(await withDeadline(never, 1, () => "late")).toBe("late");
});

test("a failure that comes late ends nothing", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", note);
  const { promise, reject } = Promise.withResolvers<string>();
  expect(await withDeadline(promise, 1, () => "late")).toBe("late");
  reject(new Error("nobody waits for it"));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
