import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/decision/manifest.ts";
import { findingCodes, type FindingCode } from "../../../src/verification/finding.ts";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import {
  certified,
  decoded,
  encoded,
  otherKeys,
  resigned,
  type PublicationParts,
} from "../../support/verification/certified.ts";
import { memorySource } from "../../support/verification/memory-source.ts";

const { parts, decisionId } = certified({ disclosure: "pseudonymous" });
const rollCall = certified({ disclosure: "roll_call", voters: 60 }).parts;
const aggregate = certified({ disclosure: "aggregate", voters: 60 }).parts;

type Change = (text: string) => string;
type Json = Record<string, unknown>;

function changed(part: keyof PublicationParts, change: Change, of = parts): PublicationParts {
  const text = decoded(of[part]);
  const otherwise = change(text);
  expect(otherwise).not.toBe(text);
  return { ...of, [part]: encoded(otherwise) };
}

/** What the deployment itself signs, although it is not so. */
function falsely(pattern: RegExp, text: string, of = parts): PublicationParts {
  return resigned(of, (outcome) => {
    const before = JSON.stringify(outcome);
    const after = before.replace(pattern, text);
    expect(after).not.toBe(before);
    return JSON.parse(after) as Json;
  });
}

/** Another manifest, which the outcome names, and says the same as where it repeats it. */
function withManifest(change: (manifest: Json) => Json, of = parts): PublicationParts {
  const manifest = change(JSON.parse(decoded(of.manifest)) as Json);
  const text = canonicalJson(manifest);
  const hash = createHash("sha256").update(text).digest("hex");
  const signed = resigned(of, (outcome) => ({
    ...outcome,
    manifest_hash: hash,
    ...("rule" in manifest ? { rule: manifest["rule"] } : {}),
  }));
  return { ...signed, manifest: encoded(text) };
}

const lines =
  (change: (rows: string[]) => string[]): Change =>
  (text) =>
    change(text.split("\n").slice(0, -1))
      .map((row) => `${row}\n`)
      .join("");

/** For each code something that is found under it. */
const scenarios: Record<FindingCode, () => PublicationParts> = {
  "outcome.malformed": () => changed("outcome", (text) => text.replace('"tally":', '"tally2":')),
  "outcome.other_decision": () => falsely(/delta-2027/, "delta-2028"),
  "outcome.unsigned": () => changed("outcome", (text) => text.replace('"key_id"', '"keyid"')),
  "outcome.signature": () =>
    changed("outcome", (text) => text.replace('"version":9', '"version":8')),
  "outcome.contradicts": () => falsely(/"electorate":null/, '"electorate":{"voters":1}'),
  "keys.malformed": () => changed("keys", (text) => text.replace("Ed25519", "Ed25518")),
  "key.unknown": () => changed("keys", (text) => text.replace('"kid":"one"', '"kid":"two"')),
  "key.other": () => parts,
  "manifest.malformed": () => withManifest((manifest) => ({ ...manifest, regions: null })),
  "manifest.hash": () => changed("manifest", (text) => text.replace("Restore", "Destroy")),
  "row.malformed": () => changed("counted", (text) => text.replace(',"k"', ', "k"')),
  "list.order": () =>
    changed(
      "counted",
      lines((rows) => rows.toReversed()),
    ),
  "list.duplicate": () =>
    changed(
      "others",
      lines(([first = "", ...rows]) => [first, first, ...rows]),
    ),
  "list.overlap": () => {
    const hash = /"ballot_hash":"\w+"/.exec(decoded(parts.counted))?.[0] ?? "";
    return changed(
      "others",
      lines((rows) => [...rows, `{${hash}}`].toSorted()),
    );
  },
  "list.size": () =>
    changed(
      "others",
      lines((rows) => rows.slice(1)),
    ),
  "list.root": () => changed("others", (text) => text.replace(/"0/, '"1')),
  "list.rows_root": () => changed("counted", (text) => text.replace("Because", "Since"), rollCall),
  "ballot.hash": () => changed("counted", (text) => text.replace('"yes"', '"no"')),
  "ballot.cell": () => changed("counted", (text) => text.replace('"weight":1', '"weight":2')),
  "ballot.region": () => changed("counted", (text) => text.replace("north", "north pole")),
  "cells.count": () => falsely(/"voters":(\d)/, '"voters":1$1'),
  "tally.total": () => falsely(/"yes":\{"ballots":(\d)/, '"yes":{"ballots":1$1'),
  "tally.region": () => falsely(/("region":"north","yes":\{"ballots":)(\d)/, "$11$2"),
  "tally.sum": () => falsely(/"ballots":108,/, '"ballots":109,'),
  "rule.malformed": () => withManifest((manifest) => ({ ...manifest, rule: { requirements: [] } })),
  "rule.requirement": () => falsely(/"met":true/, '"met":false'),
  "rule.outcome": () => falsely(/"outcome":"carried"/, '"outcome":"tie"'),
  "rule.sentence": () => falsely(/Carried: every/, "Carried: almost every"),
  "rule.forecast": () => falsely(/"certainty":"\w+"/, '"certainty":"open"', rollCall),
};

async function codesOf(given: PublicationParts, trustedKeys: readonly string[] = []) {
  const { report } = await verifyPublished(memorySource(given), { decisionId, trustedKeys });
  return { codes: Object.keys(report.findingCounts), report };
}

describe("what can be found", () => {
  it("is found nowhere in what was certified", async () => {
    for (const given of [parts, rollCall, aggregate])
      expect((await codesOf(given)).codes).toEqual([]);
  });

  it.each(findingCodes)("is named where it is: %s", async (code) => {
    const trusted = code === "key.other" ? ["A".repeat(43)] : [];
    const { codes, report } = await codesOf(scenarios[code](), trusted);
    expect(codes).toContain(code);
    expect(report.verdict).toBe("tampered");
    expect(
      report.checks.some(({ state }) => state === "failed") || code === "outcome.malformed",
    ).toBe(true);
  });

  it("says where: list, row and hash", async () => {
    const { report } = await codesOf(scenarios["ballot.hash"]());
    const [finding] = report.findings;
    expect(finding).toMatchObject({
      code: "ballot.hash",
      list: "counted",
      row: expect.any(Number),
    });
    expect(finding?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("names some of each code, and counts the others", async () => {
    const { report } = await codesOf(
      changed("counted", (text) => text.replaceAll('"yes"', '"no"')),
    );
    const named = report.findings.filter(({ code }) => code === "ballot.hash");
    expect(named).toHaveLength(20);
    expect(report.findingCounts["ballot.hash"]).toBe(52);
  });

  it("fails the check of its list, also where the other has more than are named", async () => {
    const most = changed("counted", (text) => text.replaceAll(',"k"', ', "k"'));
    const both = changed(
      "others",
      lines((rows) => [...rows, "{}"]),
      most,
    );
    const { report } = await codesOf(both);
    // Twenty of the code were named before.
    expect(report.findings.some(({ list }) => list === "others")).toBe(false);
    const states = report.checks.filter(({ check }) => check.endsWith("_list"));
    expect(states.map(({ state }) => state)).toEqual(["failed", "failed"]);
    const alone = (await codesOf(most)).report.checks.filter(({ check }) =>
      check.endsWith("_list"),
    );
    expect(alone.map(({ state }) => state)).toEqual(["failed", "passed"]);
  });

  it("is the number of rows, where a list has hashes alone", async () => {
    const { codes } = await codesOf(
      falsely(/"yes":\{"ballots":(\d)/, '"yes":{"ballots":1$1', aggregate),
    );
    expect(codes).toContain("tally.sum");
    const shorter = changed(
      "counted",
      lines((rows) => rows.slice(1)),
      aggregate,
    );
    expect((await codesOf(shorter)).codes).toEqual(["list.size", "list.root", "tally.total"]);
  });

  it("is the weight of a region", async () => {
    const weight = /("region":"north","yes":\{"ballots":\d+,"weight":")(\d+)"/;
    expect((await codesOf(falsely(weight, '$11$2"'))).codes).toContain("tally.region");
  });

  it("is a weight that hidden ballots can't have", async () => {
    const { codes } = await codesOf(falsely(/("no":\{"ballots":\d+,"weight":)"\d+"/, '$1"1"'));
    expect(codes).toContain("tally.total");
  });
});

describe("a signature", () => {
  it("of another deployment is found, whichever keys are served", async () => {
    const keys = encoded(JSON.stringify({ keys: otherKeys.publicKeys }));
    expect((await codesOf({ ...parts, keys })).codes).toEqual(["outcome.signature"]);
    const signed = resigned(parts, (outcome) => outcome, otherKeys);
    expect((await codesOf(signed)).codes).toEqual(["outcome.signature"]);
    // Both together are another deployment, which only the reader's own copy of the key tells.
    const trusted = JSON.parse(decoded(parts.keys)) as { keys: { x: string }[] };
    const own = trusted.keys.map(({ x }) => x);
    expect((await codesOf({ ...signed, keys })).codes).toEqual([]);
    expect((await codesOf({ ...signed, keys }, own)).codes).toEqual(["key.other"]);
    expect((await codesOf(parts, own)).codes).toEqual([]);
  });

  it("in another spelling of the same bytes is none", async () => {
    const respelled = changed("outcome", (text) =>
      text.replace(/"signature":"([\w-]{85})([\w-])"/, (_, start: string, last: string) => {
        const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return `"signature":"${start}${alphabet[alphabet.indexOf(last) + 1]}"`;
      }),
    );
    expect((await codesOf(respelled)).codes).toEqual(["outcome.signature"]);
  });
});
