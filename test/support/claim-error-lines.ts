import { afterAll, afterEach, expect } from "vitest";
import { keepErrorLine, takeUnclaimed } from "./error-lines.ts";

// A green run prints no error: what a test provokes it claims with `expectLogged`, and what it did not expect fails it.
console.error = keepErrorLine;

function expectNoMore(): void {
  expect(takeUnclaimed(), "error lines that no test expects").toEqual([]);
}

afterEach(expectNoMore);
afterAll(expectNoMore);
