import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveStore } from "../../../../src/web/results/live-store.ts";
import { FakeLivePorts } from "./fake-live-ports.ts";
import { deltaOf, resultsAt } from "./tallies.ts";

beforeEach(() => {
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("requestAnimationFrame", (tell: () => void) => tell());
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("removeEventListener", () => {});
});
afterEach(() => void vi.unstubAllGlobals());

/** A page that came with a version, and a server whose plain readings are of another. */
function page(rendered: number, read: number) {
  const ports = new FakeLivePorts(resultsAt(read));
  const store = new LiveStore(() => ports, resultsAt(rendered));
  const shown: (number | undefined)[] = [];
  const follow = () => store.subscribe(() => shown.push(store.state().results?.version));
  return { ports, follow, shown };
}

test("a first reading that lags behind what the Worker rendered is not shown", async () => {
  const { ports, follow, shown } = page(8, 6);
  follow();
  await ports.settle();
  expect(new Set(shown)).toEqual(new Set([8]));
  expect(ports.stream.since).toBe(8);
});

test("nor one that lags behind what was shown before a navigation", async () => {
  const { ports, follow, shown } = page(5, 6);
  const leave = follow();
  await ports.settle();
  ports.stream.emit("delta", deltaOf(6, 9));
  leave();
  follow();
  await ports.settle();
  expect(shown.at(-1)).toBe(9);
  expect(shown).toEqual(shown.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  expect(ports.stream.since).toBe(9);
});
