import { expect } from "vitest";
import { resultDeltaSchema, resultSchema } from "../../../src/http/contract/results.ts";
import type { ResultBody } from "./results.ts";

/** A state or, with `from`, a delta. */
export type LiveBody = ResultBody & { from?: number; type?: string };

/** Holds a message of the stream or the socket against the contract, whose types the page has. */
export function expectInContract(type: string, message: unknown): void {
  const schema = type === "state" ? resultSchema : resultDeltaSchema;
  expect(schema.safeParse(message).error).toBeUndefined();
}

/** What a watcher shows after a message: a state replaces everything, a delta the regions that it names. */
export function applyMessage(shown: LiveBody | null, type: string, body: LiveBody): LiveBody {
  if (type === "state") return body;
  expect(type).toBe("delta");
  if (shown === null) throw new Error("a delta came before any state");
  const changed = new Map(body.regions.map((region) => [region.region, region]));
  const regions = shown.regions.map((region) => changed.get(region.region) ?? region);
  return { ...body, regions };
}

/** The figures of a result, without what only says when it was looked at. */
export function figuresOf({ decision_id, status, version, final, total, regions }: ResultBody) {
  return { decision_id, status, version, final, total, regions };
}
