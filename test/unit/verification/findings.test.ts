import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { describeReport } from "../../../src/cli/verify/public-words.ts";
import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import { findingCodes, type FindingCode } from "../../../src/verification/finding.ts";
import { PublishedRowReader } from "../../../src/verification/row-reader.ts";
import { verifySignature } from "../../../src/verification/signature.ts";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import {
  certified,
  decoded,
  encoded,
  otherKeys,
  resigned,
  signingKeys,
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

const ownKeys = ({ keys }: PublicationParts) =>
  (JSON.parse(decoded(keys)) as { keys: { x: string }[] }).keys.map(({ x }) => x);

afterEach(() => {
  vi.unstubAllGlobals();
});

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
    const own = ownKeys(parts);
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

  it("is by the reader's own key only where that key has made it", async () => {
    const [own, others] = [ownKeys(parts), ["A".repeat(43)]];
    expect((await codesOf(parts)).report.isKeyTrusted).toBe(false);
    expect((await codesOf(parts, own)).report.isKeyTrusted).toBe(true);
    const { codes, report } = await codesOf(parts, others);
    expect(codes).toEqual(["key.other"]);
    expect(report).toMatchObject({ isKeyTrusted: false, signedBy: { kid: "one" } });
    expect(describeReport(report)[1]).toContain("compare it with a copy from elsewhere");
    const broken = scenarios["outcome.signature"]();
    expect((await codesOf(broken, own)).report).toMatchObject({
      isKeyTrusted: false,
      signedBy: null,
    });
  });

  const [payload, point] = [new Uint8Array(3), signingKeys.publicKeys[0]?.x ?? ""];
  const signature = "A".repeat(86);

  it.each([undefined, {}])("is not called false where WebCrypto is %j", async (crypto) => {
    vi.stubGlobal("crypto", crypto);
    expect(await verifySignature(payload, { signature }, { x: point })).toBe("unsupported");
    const { codes, report } = await codesOf(parts);
    expect(codes).toEqual([]);
    expect(report.verdict).toBe("unverified");
  });

  it.each([
    ["DataError", "invalid"],
    ["NotSupportedError", "unsupported"],
    ["TypeError", "unsupported"],
  ])("is read from %s as %s", async (name, state) => {
    const importKey = () => Promise.reject(new DOMException("no", name));
    vi.stubGlobal("crypto", { subtle: { importKey } });
    expect(await verifySignature(payload, { signature }, { x: point })).toBe(state);
  });
});

describe("a document is malformed that names one thing twice", () => {
  type Listed = { regions: Json[] };
  const twice = ([first = {}, ...others]: Json[]) => [first, ...others, { ...first }];

  it("as a region of the tally", async () => {
    const given = resigned(parts, (outcome) => {
      const tally = outcome["tally"] as Listed;
      return { ...outcome, tally: { ...tally, regions: twice(tally.regions) } };
    });
    expect((await codesOf(given)).codes).toEqual(["outcome.malformed"]);
  });

  it("as a cell that is shown", async () => {
    const given = resigned(parts, (outcome) => {
      const publication = outcome["publication"] as { shown_cells: Json[] };
      const cells = twice(publication.shown_cells);
      return { ...outcome, publication: { ...publication, shown_cells: cells } };
    });
    expect((await codesOf(given)).codes).toEqual(["outcome.malformed"]);
  });

  it("as a region of the manifest", async () => {
    const given = withManifest((manifest) => ({
      ...manifest,
      regions: twice((manifest as Listed).regions),
    }));
    expect((await codesOf(given)).codes).toEqual(["manifest.malformed"]);
  });

  it("as a region of its electorate", async () => {
    const region = { region: "north", voters: 1, weight: "1" };
    const electorateSize = { voters: 2, weight: "2", regions: [region, region] };
    const given = withManifest((manifest) => ({ ...manifest, electorateSize }));
    expect((await codesOf(given)).codes).toEqual(["manifest.malformed"]);
  });
});

describe("a rehearsal", () => {
  const rehearsed = certified({ disclosure: "aggregate", draft: { rehearsal: true } });

  it("is verified, and said to be one", async () => {
    const { codes, report } = await codesOf(rehearsed.parts);
    expect([codes, report.isRehearsal]).toEqual([[], true]);
    expect(describeReport(report)).toContain("rehearsal   its results never count");
    const other = await codesOf(parts);
    expect(other.report.isRehearsal).toBe(false);
    expect(describeReport(other.report).join()).not.toContain("rehearsal");
  });

  it("is none where the manifest says so outright, as one that two releases have made may", async () => {
    const given = withManifest((manifest) => ({ ...manifest, rehearsal: false }));
    expect((await codesOf(given)).codes).toEqual([]);
  });

  it.each([
    ["is hidden by its outcome", rehearsed.parts, { rehearsal: undefined }],
    ["is made up by an outcome", parts, { rehearsal: true }],
  ])("that %s contradicts the manifest", async (_, published, change) => {
    const { codes, report } = await codesOf(resigned(published, (one) => ({ ...one, ...change })));
    expect(codes).toEqual(["outcome.contradicts"]);
    expect(report).toMatchObject({ isRehearsal: true, findings: [{ member: "rehearsal" }] });
  });
});

describe("title and opening", () => {
  it.each([
    ["title", { title: "Destroy the delta" }],
    ["title", { title: undefined }],
    ["opened_at", { opened_at: "2027-01-01T00:00:00.000Z" }],
    ["opened_at", { opened_at: null }],
  ])("contradict the manifest by another %s", async (member, change) => {
    const { codes, report } = await codesOf(resigned(parts, (one) => ({ ...one, ...change })));
    expect(codes).toEqual(["outcome.contradicts"]);
    expect(report.findings[0]).toMatchObject({ member });
  });

  it("are compared where the manifest has them", async () => {
    const given = withManifest((manifest) => {
      const members = Object.entries(manifest);
      return Object.fromEntries(members.filter(([name]) => name !== "title" && name !== "opensAt"));
    });
    expect((await codesOf(given)).codes).toEqual([]);
  });
});

describe("a row of a roll call", () => {
  const rows = decoded(rollCall.counted).split("\n");
  const row = rows.find((one) => one.includes('"name":"V')) ?? "";
  const plain = row.replace(/[^ -~]/g, "x");
  const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
  const read = (bytes: Uint8Array) =>
    new PublishedRowReader().read(bytes, 0, bytes.length, "named");
  const named = (name: string) =>
    bytesOf(row.replace(/"name":"(\\.|[^"\\])*"/, `"name":"${name}"`));
  const timed = (time: string) =>
    bytesOf(plain.replace(/"accepted_at":"[^"]*"/, `"accepted_at":"${time}"`));

  it.each([
    "Zoe",
    String.raw`a \" \\ \/ \b \f \n \r \t \u00e9 \uABCD \ud800 z`,
    "\x7f",
    "\xc3\xa9\xe2\x82\xac\xf0\x9f\x99\x82",
  ])("has a name %j", (name) => {
    expect(read(named(name))).toBe(true);
  });

  it.each([
    "\\x",
    "\\ ",
    "\\u12",
    "\\u12g4",
    "\\u\x11\x11\x11\x11",
    "\\U0041",
    "\x1f",
    "\xff",
    "\xc3",
    "\xc0\x80",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
  ])("has no name %j", (name) => {
    expect(read(named(name))).toBe(false);
  });

  it.each(["2027-01-01T00:00:00.000Z", "any 24 plain characters!"])("has a time %j", (time) => {
    expect(read(timed(time))).toBe(true);
  });

  it.each([
    "2027-01-01T00:00:00.00Z",
    "2027-01-01T00:00:00.0000Z",
    '2027-01-01T00:00:00."00Z',
    "2027-01-01T00:00:00.\\n0Z",
    "2027-01-01T00:00:00.\x000Z!",
    "2027-01-01T00:00:00.\xc3\xa9Z",
  ])("has no time %j", (time) => {
    expect(read(timed(time))).toBe(false);
  });
});
