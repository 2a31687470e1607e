import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FindingCode } from "../../../src/verification/finding.ts";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import {
  certified,
  decoded,
  encoded,
  otherKeys,
  resigned,
} from "../../support/verification/certified.ts";
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

/**
 * Each code that ours names and Go does not, unless Go could go no further. Go evaluates of a rule
 * what it knows, and leaves its grammar to ours.
 */
function unnamed(ours: readonly FindingCode[], go: readonly string[]): FindingCode[] {
  if (go.includes("outcome.malformed")) return [];
  const left = new Set([...besideRequirements, "rule.malformed"]);
  return ours.filter((code) => !left.has(code) && !go.includes(code));
}

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
      expect(unnamed(ours, codes), seen).toEqual([]);
      count += 1;
      if (count === tries) break;
    }
  });
});

describe("the verifier in Go", () => {
  type Json = Record<string, unknown>;
  type Tally = { regions: Json[] };
  type Publication = { shown_cells: Json[] };
  const parts = readPublication("test/data/publications/pseudonymous");
  const twice = ([first = {}, ...others]: Json[]) => [first, ...others, { ...first }];
  const tally = (outcome: Json) => outcome["tally"] as Tally;
  const publication = (outcome: Json) => outcome["publication"] as Publication;
  const changes: [string, FindingCode, (outcome: Json) => Json][] = [
    [
      "a region of the tally twice",
      "outcome.malformed",
      (one) => ({ ...one, tally: { ...tally(one), regions: twice(tally(one).regions) } }),
    ],
    [
      "a shown cell twice",
      "outcome.malformed",
      (one) => ({
        ...one,
        publication: { ...publication(one), shown_cells: twice(publication(one).shown_cells) },
      }),
    ],
    ["another title", "outcome.contradicts", (one) => ({ ...one, title: "Destroy the delta" })],
    ["a rehearsal made up", "outcome.contradicts", (one) => ({ ...one, rehearsal: true })],
    ["another opening", "outcome.contradicts", (one) => ({ ...one, opened_at: null })],
  ];

  it.each(changes)("names %s, signed, as ours does", async (_, code, change) => {
    const changed = resigned(parts, change);
    writePublication(join(folder, "signed"), changed);
    const { report } = await verifyPublished(memorySource(changed));
    expect(Object.keys(report.findingCounts)).toEqual([code]);
    expect(runGo(join(folder, "signed"))).toMatchObject({ status: 1, codes: [code] });
  });

  it("says of a rehearsal that it is one", () => {
    const rehearsed = certified({ disclosure: "pseudonymous", draft: { rehearsal: true } });
    writePublication(join(folder, "rehearsal"), rehearsed.parts);
    const { status, said } = runGo(join(folder, "rehearsal"));
    expect([status, said]).toEqual([
      0,
      expect.stringContaining("rehearsal: its results never count"),
    ]);
    expect(runGo("test/data/publications/pseudonymous").said).not.toContain("rehearsal");
  });

  it("names a region of the manifest twice, as ours does", async () => {
    const manifest = JSON.parse(decoded(parts.manifest)) as Tally;
    const text = JSON.stringify({ ...manifest, regions: twice(manifest.regions) });
    const changed = { ...parts, manifest: encoded(text) };
    writePublication(join(folder, "manifest"), changed);
    const { report } = await verifyPublished(memorySource(changed));
    const codes = ["manifest.hash", "manifest.malformed"];
    expect(Object.keys(report.findingCounts)).toEqual(codes);
    expect(runGo(join(folder, "manifest"))).toMatchObject({ status: 1, codes });
  });
});

describe("a receipt in the verifier in Go", () => {
  const rollCall = readPublication("test/data/publications/roll_call");
  const broken: [string, typeof rollCall][] = [
    ["an outcome that is none", { ...rollCall, outcome: encoded('{"signature":{}}') }],
    [
      "a list in another order",
      {
        ...rollCall,
        counted: encoded(
          `${decoded(rollCall.counted).split("\n").toReversed().slice(1).join("\n")}\n`,
        ),
      },
    ],
    ["a list that is cut", { ...rollCall, others: rollCall.others.slice(0, -30) }],
    ["keys that are none", { ...rollCall, keys: encoded("{}") }],
    ["another signature", resigned(rollCall, (outcome) => outcome, otherKeys)],
  ];

  it.each(broken)("is never lost by %s", (_, parts) => {
    writePublication(join(folder, "broken"), parts);
    const receipt = "test/data/publications/roll_call/receipt-lost.txt";
    const { status, said } = runGo("-receipt", receipt, join(folder, "broken"));
    expect(said).toContain("receipt: unknown\n");
    expect(status).toBe(1);
  });

  it.each(["counted", "not_counted", "lost", "not_own"])("is %s", (answer) => {
    const published = "test/data/publications/roll_call";
    const { status, said } = runGo("-receipt", `${published}/receipt-${answer}.txt`, published);
    expect(said).toContain(`receipt: ${answer}\n`);
    expect(status).toBe(answer === "counted" || answer === "not_counted" ? 0 : 1);
  });
});
