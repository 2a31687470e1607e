import { expect, it } from "vitest";
import packageJson from "../../../package.json";
import { release } from "../../../src/shared/release.ts";

it("the release that a deployment tells is that of package.json", () => {
  expect(release).toBe(packageJson.version);
});
