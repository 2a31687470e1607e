import { describe, expect, test } from "vitest";
import { KeptBallots, usableTexts } from "../../../../src/web/ballot/kept-ballots.ts";
import { fingerprintOf } from "../../../../src/web/ballot/token-fingerprint.ts";
import { FakeTexts } from "./fake-ballot-ports.ts";
import { vectorReceipt, vectorVote } from "../../../support/vector-receipt.ts";

const { choice, nonce } = vectorVote;
const proof = "ab".repeat(32);
const pending = { choice, nonce, proof, statement: "It floods.", mayBeRecorded: true };
const ballot = { choice, nonce, receipt: vectorReceipt, publicKey: null };
const another = { ...ballot, nonce: "cd".repeat(32) };

describe("what a browser keeps of votes", () => {
  test("survives a reload: a vote under way, then its receipt", () => {
    const storage = new FakeTexts();
    const reloaded = () => new KeptBallots(storage, "delta").voter("ana");
    const kept = new KeptBallots(storage, "delta");
    kept.keepPending("ana", pending);
    expect(kept.isStored()).toBe(true);
    expect(reloaded()).toEqual({ pending, ballots: [] });
    kept.keepBallot("ana", ballot);
    expect(reloaded()).toEqual({ pending: null, ballots: [ballot] });
  });

  test("is another for each token and for each decision", () => {
    const storage = new FakeTexts();
    const kept = new KeptBallots(storage, "delta");
    kept.keepPending("ana", pending);
    kept.keepBallot("ben", another);
    const nothing = { pending: null, ballots: [] };
    expect(kept.voter("cem")).toEqual(nothing);
    expect(kept.voter("ben").pending).toBeNull();
    expect(new KeptBallots(storage, "river").voter("ana")).toEqual(nothing);
    kept.forget("ben");
    expect(kept.voter("ben")).toEqual(nothing);
    expect(kept.voter("ana")).toEqual({ pending, ballots: [] });
  });

  test("has a voter's newest ballot last, and a repeated one once", () => {
    const kept = new KeptBallots(new FakeTexts(), "delta");
    for (const one of [ballot, another, another]) kept.keepBallot("ana", one);
    expect(kept.voters()).toEqual([{ pending: null, ballots: [ballot, another] }]);
  });

  test("is without a vote that was refused, and keeps the ballots before it", () => {
    const kept = new KeptBallots(new FakeTexts(), "delta");
    kept.keepPending("ana", pending);
    kept.dropPending("ana");
    expect(kept.voters()).toEqual([]);
    kept.keepBallot("ana", ballot);
    kept.keepPending("ana", pending);
    kept.dropPending("ana");
    expect(kept.voter("ana")).toEqual({ pending: null, ballots: [ballot] });
  });

  test("has no token in it, and nothing from which one follows", async () => {
    const storage = new FakeTexts();
    const token = "head.claims.signature";
    const fingerprint = await fingerprintOf(token);
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
    const attempt = { ...pending, token, decisionId: "delta" };
    new KeptBallots(storage, "delta").keepPending(fingerprint, attempt);
    expect([...storage.texts.values()].join()).not.toContain(token);
  });

  test("is kept while the page is open where the browser stores nothing, and that is said", () => {
    const full = new FakeTexts();
    full.isFull = true;
    for (const storage of [null, full]) {
      const kept = new KeptBallots(storage, "delta");
      kept.keepPending("ana", pending);
      expect(kept.isStored()).toBe(false);
      expect(kept.voter("ana").pending).toEqual(pending);
    }
  });

  test("starts anew where something else stands in its place", () => {
    const storage = new FakeTexts();
    storage.texts.set("enviro-governance/ballots/1/delta", "{");
    const kept = new KeptBallots(storage, "delta");
    expect(kept.voter("ana").ballots).toEqual([]);
    kept.keepBallot("ana", ballot);
    expect(kept.voter("ana").ballots).toEqual([ballot]);
  });

  test("is put into a storage that takes it, and into no other", () => {
    const full = new FakeTexts();
    full.isFull = true;
    const empty = new FakeTexts();
    expect([usableTexts(full), usableTexts(null), usableTexts(empty)]).toEqual([null, null, empty]);
    expect(empty.texts.size).toBe(0);
  });
});
