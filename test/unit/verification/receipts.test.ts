import { describe, expect, it, vi } from "vitest";
import { describeReceipt } from "../../../src/cli/verify/public-words.ts";
import { checkReceiptInLists, receiptVerdicts } from "../../../src/verification/check-receipt.ts";
import { formatReceipt, nameReceiptFile } from "../../../src/verification/format-receipt.ts";
import {
  findProof,
  readReceipt,
  receiptFragment,
  type ReadReceipt,
} from "../../../src/verification/receipt-text.ts";
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
import { vectorKey, vectorReceipt, vectorVote } from "../../support/vector-receipt.ts";

const { choice, nonce } = vectorVote;
const { r, u, c } = vectorReceipt;
const shown = {
  decisionId: "delta-2027",
  ballotHash: vectorReceipt.ballot_hash,
  keyId: "k1",
  signature: vectorReceipt.signature,
};
const own = { choice, nonce, r, u, c };
const text = formatReceipt({ title: "Shall it be?", ...shown, publicKey: vectorKey.x, own });

describe("a receipt as a file", () => {
  it("suffices to check the ballot, and its first part tells neither choice nor proof", () => {
    expect(text.split("\n\n")).toEqual([
      "Enviro-Governance ballot receipt",
      [
        "To show to anybody: this ballot was acknowledged. It tells neither whose it is nor its choice.",
        "Question: Shall it be?",
        "Decision: delta-2027",
        `Ballot hash: ${vectorReceipt.ballot_hash}`,
        "Signed with key: k1",
        `Public key: ${vectorKey.x}`,
        `Signature: ${vectorReceipt.signature}`,
      ].join("\n"),
      [
        "For you alone: whoever sees it knows your choice, can follow your vote and can change it.",
        "Choice: yes",
        `Nonce: ${nonce}`,
        `Your proof (r): ${vectorReceipt.r}`,
        `u: ${vectorReceipt.u}`,
        `c: ${vectorReceipt.c}`,
        "",
      ].join("\n"),
    ]);
    expect(nameReceiptFile(shown)).toBe("receipt-delta-2027-4dcb4ec2.txt");
  });

  it("names no public key that could not be read, and a title with its line ends in one line", () => {
    const written = formatReceipt({ title: "Q\nDecision: other", ...shown, publicKey: null, own });
    expect(written).not.toContain("Public key");
    expect(readReceipt(written)?.decisionId).toBe("delta-2027");
  });
});

describe("a receipt is read", () => {
  const whole = { ...shown, publicKey: null, own };
  const forms: [string, string, ReadReceipt][] = [
    ["its file", text, { ...whole, publicKey: vectorKey.x }],
    [
      "a file of another system",
      text.replaceAll("\n", "\r\n"),
      { ...whole, publicKey: vectorKey.x },
    ],
    [
      "its first part alone",
      text.slice(0, text.indexOf("For you alone")),
      { ...whole, publicKey: vectorKey.x, own: null },
    ],
    ["the API's answer", JSON.stringify(vectorReceipt), { ...whole, own: null }],
    ["that with choice and nonce", JSON.stringify({ ...vectorReceipt, choice, nonce }), whole],
    ["what a browser keeps", JSON.stringify({ choice, nonce, receipt: vectorReceipt }), whole],
    ["its link", `https://vote.example/verify${receiptFragment(shown, own)}`, whole],
    ["a link to show", receiptFragment(shown), { ...whole, own: null }],
  ];

  it.each(forms)("from %s", (_, given, expected) => {
    expect(readReceipt(given)).toEqual(expected);
  });

  it.each(["", "yes", "{}", "{", "#d=x", text.replace(/Signature: .*/, "")])(
    "not from %j",
    (given) => {
      expect(readReceipt(given)).toBeNull();
    },
  );
});

describe("a proof", () => {
  it.each([
    ["a whole receipt", text],
    ["one with another system's ends of lines", text.replaceAll("\n", "\r\n")],
    ["its digits alone", ` ${vectorReceipt.r}\n`],
  ])("is found in %s", (_, pasted) => {
    expect(findProof(pasted)).toBe(vectorReceipt.r);
  });

  it.each(["", "yes", vectorReceipt.r.slice(1), text.split("For you alone")[0] ?? ""])(
    "is not seen in %j",
    (pasted) => {
      expect(findProof(pasted)).toBeNull();
    },
  );
});

describe("a receipt in the lists", () => {
  const publication = certified({ disclosure: "pseudonymous" });
  const counted = publication.ballots.find(({ isCounted }) => isCounted);
  const replaced = publication.ballots.find(({ isCounted }) => !isCounted);
  if (counted === undefined || replaced === undefined) throw new Error("some count, some do not");

  const receiptOf = (
    ballot = counted,
    change: Partial<ReadReceipt> = {},
    keys = signingKeys,
  ): ReadReceipt => {
    const { decisionId } = publication;
    const ballotHash = change.ballotHash ?? ballot.hash;
    const { key_id: keyId, signature } = keys.signReceipt(decisionId, ballotHash);
    const secret = {
      choice: ballot.choice,
      nonce: ballot.nonce,
      r: ballot.r,
      u: ballot.u,
      c: ballot.c,
    };
    return { decisionId, ballotHash, keyId, signature, publicKey: null, own: secret, ...change };
  };
  const reportOf = async (receipt: ReadReceipt, parts = publication.parts) =>
    checkReceiptInLists(receipt, await verifyPublished(memorySource(parts)));
  const lost = { ballotHash: "ab".repeat(32), own: null };
  const other = counted.choice === "yes" ? "no" : "yes";

  const cases: [(typeof receiptVerdicts)[number], ReadReceipt][] = [
    ["counted", receiptOf()],
    ["counted", receiptOf(counted, { own: null })],
    ["not_counted", receiptOf(replaced)],
    ["other_decision", receiptOf(counted, { decisionId: "elsewhere" })],
    [
      "not_own",
      receiptOf(counted, {
        own: { choice: other, nonce: counted.nonce, r: counted.r, u: counted.u, c: counted.c },
      }),
    ],
    ["not_signed", receiptOf(counted, lost, otherKeys)],
    ["not_signed", receiptOf(counted, { ...lost, keyId: "nobody's" })],
    ["lost", receiptOf(counted, lost)],
  ];

  it.each(cases)("comes to %s", async (verdict, receipt) => {
    const report = await reportOf(receipt);
    expect(report.verdict).toBe(verdict);
    if (verdict === "counted") expect(report.row).toBeGreaterThan(0);
  });

  it("is proof against a list that has another choice under its hash", async () => {
    const row = `"${counted.hash}","choice":"`;
    const told = new TextDecoder()
      .decode(parts.counted)
      .replace(`${row}${counted.choice}"`, `${row}${other}"`);
    const changed = { ...parts, counted: new TextEncoder().encode(told) };
    const report = await reportOf(receiptOf(), changed);
    expect(report).toMatchObject({ verdict: "other_choice", own: "own", publishedChoice: other });
  });

  const { parts } = publication;
  const counterfeit = (list: "counted" | "others", change: (rows: string[]) => string[]) => {
    const rows = decoded(parts[list]).split("\n").slice(0, -1);
    return { ...parts, [list]: encoded(`${change(rows).join("\n")}\n`) };
  };
  const lostReceipt = receiptOf(counted, lost);
  const unsigned = receiptOf(counted, lost, otherKeys);

  const unfounded: [string, PublicationParts, ReadReceipt[]][] = [
    [
      "an outcome that is none",
      { ...parts, outcome: encoded('{"signature":{}}') },
      [receiptOf(), receiptOf(replaced), lostReceipt, unsigned],
    ],
    [
      "a list in another order",
      counterfeit("counted", (rows) => rows.toReversed()),
      [receiptOf(), receiptOf(replaced), lostReceipt, unsigned],
    ],
    [
      "a list that lacks its row",
      counterfeit("counted", (rows) => rows.filter((row) => !row.includes(counted.hash))),
      [receiptOf(), lostReceipt],
    ],
    [
      "a row of it that can't be read",
      counterfeit("counted", (rows) =>
        rows.map((row) => (row.includes(counted.hash) ? row.replace(',"k"', ', "k"') : row)),
      ),
      [receiptOf(), lostReceipt],
    ],
    [
      "a row twice",
      counterfeit("others", ([first = "", ...rows]) => [first, first, ...rows]),
      [lostReceipt],
    ],
    ["a second list that is cut", counterfeit("others", (rows) => rows.slice(1)), [lostReceipt]],
    ["keys that are none", { ...parts, keys: encoded("{}") }, [lostReceipt, unsigned]],
    [
      "an outcome that nobody known has signed",
      resigned(parts, (outcome) => outcome, otherKeys),
      [lostReceipt],
    ],
  ];

  it.each(unfounded)("comes to nothing by %s", async (_, given, receipts) => {
    for (const receipt of receipts) {
      const { verdict, reason } = await reportOf(receipt, given);
      expect([verdict, reason]).toEqual(["unknown", "foundation_wrong"]);
    }
  });

  it("is counted where keys alone are not in order, and not by rows that are none", async () => {
    const keyless = await reportOf(receiptOf(), { ...parts, keys: encoded("{}") });
    expect(keyless.verdict).toBe("counted");
    // What isn't a row is left out, and the signed list is whole without it.
    const more = counterfeit("counted", (rows) => [...rows, "{}"]);
    expect((await reportOf(receiptOf(), more)).verdict).toBe("counted");
    expect((await reportOf(lostReceipt, more)).verdict).toBe("lost");
  });

  it("says a row where one is known, and why it is not", async () => {
    const [good, bad] = [
      await reportOf(receiptOf()),
      await reportOf(receiptOf(), unfounded[1]?.[1]),
    ];
    expect(describeReceipt("mine", good)).toMatch(/^receipt {5}mine: counted, row \d+$/);
    const nothing = "nothing can be said: what was read of the decision is not in order";
    expect(describeReceipt("mine", bad)).toBe(`receipt     mine: ${nothing}`);
  });

  it("waits for another runtime where this one checks no signature", async () => {
    vi.stubGlobal("crypto", {});
    const { verdict, reason } = await reportOf(lostReceipt);
    expect([verdict, reason]).toEqual(["unknown", "no_ed25519"]);
    vi.unstubAllGlobals();
  });
});
