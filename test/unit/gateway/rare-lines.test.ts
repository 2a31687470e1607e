import { expect, it } from "vitest";
import { RareLines } from "../../../src/gateway/http/rare-lines.ts";
import { limits } from "../../../src/shared/limits.ts";

it("a line of a kind is said once in a while, with how many were kept back; another kind has its own while", () => {
  const lines = new RareLines();
  expect(lines.take("down", 0)).toBe(0);
  expect(lines.take("down", 1)).toBeNull();
  expect(lines.take("slow", 1)).toBe(0);
  expect(lines.take("down", limits.gatewayLogLineMs - 1)).toBeNull();
  expect(lines.take("down", limits.gatewayLogLineMs)).toBe(2);
});
