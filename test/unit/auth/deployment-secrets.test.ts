import { describe, expect, it } from "vitest";
import { findSecretFaults, secretNames } from "../../../src/auth/deployment-secrets.ts";

const good = {
  ADMIN_API_KEY: "a".repeat(32),
  BALLOT_TOKEN_KEYS: `k1:${"A".repeat(43)}`,
  ID_KEYS: `k1:${"A".repeat(43)}`,
  RECEIPT_SIGNING_KEYS: `k1:${"A".repeat(43)}`,
};

describe("the secrets of a deployment", () => {
  it("have no fault where each is of its form", () => {
    expect(findSecretFaults(good)).toEqual([]);
  });

  it("are all named where all are missing or empty", () => {
    const missing = [
      "ADMIN_API_KEY is missing",
      "BALLOT_TOKEN_KEYS is missing",
      "ID_KEYS is missing",
      "RECEIPT_SIGNING_KEYS is missing",
    ];
    expect(findSecretFaults({})).toEqual(missing);
    const empty = Object.fromEntries(secretNames.map((name) => [name, ""]));
    expect(findSecretFaults(empty)).toEqual(missing);
  });

  it.each([
    ["an admin key one character short", { ADMIN_API_KEY: "a".repeat(31) }, "32 characters"],
    ["an admin key with a blank", { ADMIN_API_KEY: `${"a".repeat(31)} a` }, "without blanks"],
    ["a token key that is short", { BALLOT_TOKEN_KEYS: `k1:${"A".repeat(42)}` }, "32 bytes"],
    ["an id key that is short", { ID_KEYS: `k1:${"A".repeat(42)}` }, "32 bytes"],
    ["a signing key that is short", { RECEIPT_SIGNING_KEYS: `k1:${"A".repeat(42)}` }, "32 bytes"],
  ])("are refused for %s, by name and without a word of the secret", (_, change, says) => {
    const faults = findSecretFaults({ ...good, ...change });
    expect(faults).toHaveLength(1);
    for (const [name, text] of Object.entries(change)) {
      expect(faults[0]).toMatch(new RegExp(`^${name} must .*${says}`));
      expect(faults[0]).not.toContain(text.slice(-20));
    }
  });
});
