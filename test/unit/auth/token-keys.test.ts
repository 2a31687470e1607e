import { describe, expect, it } from "vitest";
import { readTokenKeys } from "../../../src/auth/token-keys.ts";

const secret = "A".repeat(43);
const other = "B".repeat(43);

describe("the keys of ballot tokens", () => {
  it("are read in their order, each under its kid", () => {
    const keys = readTokenKeys(`new:${secret}, old:${other}`);
    expect(keys.map(({ kid }) => kid)).toEqual(["new", "old"]);
    expect(keys.map((key) => key.secret.length)).toEqual([32, 32]);
  });

  it.each([
    ["a key that is too short", `k1:${secret.slice(1)}`],
    ["a key without a kid", secret],
    ["what is not base64url", `k1:${"+".repeat(43)}`],
    ["nothing", ""],
    ["two keys of one kid, of which the first would never verify", `k1:${secret},k1:${other}`],
  ])("are not read from %s, and what is said of it names no key", (_, text) => {
    let said = "";
    try {
      readTokenKeys(text);
    } catch (error) {
      said = String(error);
    }
    expect(said).toMatch(/BALLOT_TOKEN_KEYS (?:must|is missing)/);
    expect(said).not.toContain(secret.slice(1));
  });
});
