import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";

describe("the limits", () => {
  it("are those of all areas, and no two areas name one alike", () => {
    const names = globSync("src/shared/limits/*.ts").flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name),
    );
    expect(names.toSorted()).toEqual(Object.keys(limits).toSorted());
  });
});
