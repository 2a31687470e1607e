import { describe, expect, it } from "vitest";
import { findingCodes } from "../../../src/verification/finding.ts";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import { memorySource } from "../../support/verification/memory-source.ts";
import { readPublication } from "../../support/verification/publication-folder.ts";
import { tamperings } from "../../support/verification/tamper.ts";

/** `npm run test:tampering` tries 10,000 of each. */
const tries = Number(process.env["TAMPERINGS"] ?? 100);
const known: ReadonlySet<string> = new Set(findingCodes);

describe.each(["roll_call", "pseudonymous", "aggregate"])("a tampered %s publication", (folder) => {
  const parts = readPublication(`test/data/publications/${folder}`);

  it("is named, whatever was changed, and nothing is named of what nobody reads", async () => {
    let [unread, count] = [0, 0];
    for (const { what, parts: changed, isBound } of tamperings(parts, 17)) {
      const { report } = await verifyPublished(memorySource(changed, 4_096));
      expect(report.verdict, what).toBe(isBound ? "tampered" : "verified");
      expect(report.findings.every(({ code }) => known.has(code))).toBe(true);
      expect(report.findings.length > 0, what).toBe(isBound);
      unread += isBound ? 0 : 1;
      count += 1;
      if (count === tries) break;
    }
    // Most of what is flipped is bound, and some of the key set is not.
    expect(unread).toBeGreaterThan(0);
    expect(unread).toBeLessThan(tries / 5);
  });
});
