import { describe, expect, test } from "vitest";
import {
  decisionAddress,
  decisionResource,
  listAddress,
  readRoute,
} from "../../../src/web/public/page/route.js";

describe("an address", () => {
  test("without anything is the whole list", () => {
    expect(readRoute("")).toEqual({ kind: "list", status: null });
  });

  test("of a decision can be shared, in both views", () => {
    expect(readRoute("?decision=un-4742")).toEqual({
      kind: "decision",
      id: "un-4742",
      isHall: false,
    });
    expect(readRoute("?decision=un-4742&view=hall")).toMatchObject({ isHall: true });
  });

  test("with a status that is none shows the whole list", () => {
    expect(readRoute("?status=haunted")).toEqual({ kind: "list", status: null });
    expect(readRoute("?status=open")).toEqual({ kind: "list", status: "open" });
  });

  test("is read back as it was written", () => {
    for (const id of ["un-4742", "a b&c=d/é"]) {
      expect(readRoute(decisionAddress(id).slice(1))).toEqual({
        kind: "decision",
        id,
        isHall: false,
      });
      expect(readRoute(decisionAddress(id, "hall").slice(1))).toMatchObject({ id, isHall: true });
    }
    expect(readRoute(listAddress("closed").slice(1))).toEqual({ kind: "list", status: "closed" });
    expect(listAddress()).toBe("/");
  });
});

test("an identifier can't leave its place in a resource's path", () => {
  expect(decisionResource("../keys?x", "/results")).toBe("/api/v1/decisions/..%2Fkeys%3Fx/results");
});
