import { describe, expect, it } from "vitest";
import { Work, WorkExceededError } from "../../../src/rules/work.ts";

describe("the work of a look", () => {
  it("is counted, and may be all that there is, and no more", () => {
    const work = new Work(10);
    work.spend(4);
    expect([work.spent, work.left]).toEqual([4, 6]);
    work.spend(6);
    expect([work.spent, work.left]).toEqual([10, 0]);
    expect(() => work.spend(1)).toThrow(WorkExceededError);
  });

  it("that had to be done is counted beyond the bound, and leaves none", () => {
    const work = new Work(10);
    work.add(12);
    expect([work.spent, work.left]).toEqual([12, 0]);
    expect(() => work.spend(0)).toThrow(WorkExceededError);
  });
});
