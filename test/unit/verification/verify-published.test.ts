import { describe, expect, it } from "vitest";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import { certified } from "../../support/verification/certified.ts";
import { memorySource } from "../../support/verification/memory-source.ts";

describe.each(["roll_call", "pseudonymous", "aggregate"] as const)(
  "a %s publication",
  (disclosure) => {
    it("is verified whole", async () => {
      const { parts, decisionId } = certified({ disclosure });
      const { report } = await verifyPublished(memorySource(parts), { decisionId });
      expect(report.findings).toEqual([]);
      expect(report.verdict).toBe("verified");
    });
  },
);
