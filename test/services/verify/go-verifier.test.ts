import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import { memorySource } from "../../support/verification/memory-source.ts";
import {
  readPublication,
  writePublication,
} from "../../support/verification/publication-folder.ts";
import { tamperings } from "../../support/verification/tamper.ts";

/** Of each publication. */
const tries = Number(process.env["TAMPERINGS"] ?? 1_000);
const folder = mkdtempSync(join(tmpdir(), "enviro-go-"));
const program = join(folder, "verify");

beforeAll(() => {
  try {
    execFileSync("go", ["build", "-o", program, "./tools/verify"], { stdio: "pipe" });
  } catch (error) {
    throw new Error("Go builds tools/verify: apt-get install golang-go", { cause: error });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const besideRequirements: ReadonlySet<string> = new Set([
  "rule.sentence",
  "rule.forecast",
  "rule.requirement",
]);

function runGo(...args: string[]): { status: number | null; codes: string[]; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  const codes = [...stdout.matchAll(/^wrong: (\S+)/gm)].map(([, code = ""]) => code);
  return { status, codes, said: stdout + stderr };
}

// Written from docs/verify.md alone, so that it finds what the paper does not say.
describe.each(["roll_call", "pseudonymous", "aggregate"])("the verifier in Go, of %s", (name) => {
  const published = `test/data/publications/${name}`;
  const parts = readPublication(published);

  it("finds nothing wrong where nothing is", () => {
    expect(runGo(published)).toMatchObject({ status: 0, codes: [] });
  });

  it(`names what ours names, of ${tries} random changes`, async () => {
    const changed = join(folder, name);
    let count = 0;
    for (const { what, parts: tampered, isBound } of tamperings(parts, 29)) {
      writePublication(changed, tampered);
      const { report } = await verifyPublished(memorySource(tampered));
      const { status, codes, said } = runGo(changed);
      const ours = report.findings.map(({ code }) => code);
      const seen = `${what}\nours: ${ours.join(" ")}\nGo: ${status} ${said}`;
      expect(ours.length > 0, seen).toBe(isBound);
      expect(status, seen).toBe(codes.length > 0 ? 1 : 0);
      // Words and figures beside a requirement are ours alone to tell.
      if (!isBound || ours.some((code) => !besideRequirements.has(code))) {
        expect(codes.length > 0, seen).toBe(isBound);
      }
      count += 1;
      if (count === tries) break;
    }
  });
});

describe("a receipt in the verifier in Go", () => {
  it.each(["counted", "not_counted", "lost", "not_own"])("is %s", (answer) => {
    const published = "test/data/publications/roll_call";
    const { status, said } = runGo("-receipt", `${published}/receipt-${answer}.txt`, published);
    expect(said).toContain(`receipt: ${answer}\n`);
    expect(status).toBe(answer === "counted" || answer === "not_counted" ? 0 : 1);
  });
});
