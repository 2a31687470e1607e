import { describe, expect, it } from "vitest";
import { auditActions } from "../../../../../src/audit-log/audit-entry.ts";
import { chooseDatabase } from "../../../../../src/database/settings.ts";
import { d1ProblemOf } from "../../../../../src/database/d1/outage.ts";
import { readinessCodes } from "../../../../../src/http/readiness/readiness-cause.ts";
import { certificationCauses } from "../../../../../src/ports/certification.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";
import { auditActionWords } from "../../../../../src/web/organise/admin/audit-words.ts";
import { certificationWaitWords } from "../../../../../src/web/organise/admin/certification-words.ts";
import {
  deadLetterKindOf,
  deadLetterWords,
} from "../../../../../src/web/organise/admin/dead-letter-words.ts";
import { filterEntries } from "../../../../../src/web/organise/admin/filter-entries.ts";
import {
  grantFaultOf,
  grantOfForm,
  noGrant,
} from "../../../../../src/web/organise/admin/key-grant-form.ts";
import {
  revocationWords,
  type ListedKey,
} from "../../../../../src/web/organise/admin/key-words.ts";
import { readinessCauseWords } from "../../../../../src/web/organise/admin/readiness-words.ts";

const i18n = createI18n("en");

describe("what keeps a deployment from its work", () => {
  it.each(readinessCodes)("is said with what to do next: %s", (code) => {
    const { what, next } = readinessCauseWords(i18n, { code, detail: "something" });
    expect(what).toMatch(/\.$/);
    expect(next).toMatch(/\.$/);
  });

  it.each([
    ["D1_ERROR: no such table: votes", "Apply the migrations"],
    ["D1_ERROR: database is locked: SQLITE_BUSY", "Wait some minutes"],
    ["D1_ERROR: database or disk is full: SQLITE_FULL", "Give it more room"],
    ["D1_ERROR: too many requests queued", "Give it more room"],
    ["Network connection lost", "Wait some minutes"],
  ])("is told apart where the database says %s", (said, advice) => {
    const detail = d1ProblemOf(new Error(said));
    expect(readinessCauseWords(i18n, { code: "database.unwell", detail }).next).toContain(advice);
  });

  it("is told apart where no database was chosen", () => {
    const choice = chooseDatabase({ DATABASE: "oracle" });
    const detail = choice.kind === "misconfigured" ? choice.problem : null;
    expect(readinessCauseWords(i18n, { code: "database.unwell", detail }).next).toContain(
      "Mend the setting",
    );
  });
});

describe("what a decision waits for before it is certified", () => {
  it.each(certificationCauses)("is said in words: %s", (cause) => {
    expect(certificationWaitWords(i18n, { cause, shards: [1, 2] })).toMatch(/\.$/);
  });
});

describe("what was done", () => {
  it.each(auditActions)("is said in words: %s", (action) => {
    expect(auditActionWords(i18n, { action, facts: {} })).not.toBe(action);
  });

  it("is found by what, by whom and by any fact, newest first", () => {
    const entry = (seq: number, action: "key.issued" | "key.revoked", key: string) => ({
      seq,
      at: "2026-11-29T00:00:00.000Z",
      actor: { role: "admin" as const, key_id: "deployment", owner: null, session: null },
      action,
      facts: { key_id: key, owner: null },
      digest: "",
      hash: "",
    });
    const log = [
      entry(1, "key.issued", "abc"),
      entry(2, "key.issued", "def"),
      entry(3, "key.revoked", "abc"),
    ];
    const found = (action: string, text: string) =>
      filterEntries(log, { action, text }).map(({ seq }) => seq);
    expect(found("", "")).toEqual([3, 2, 1]);
    expect(found("key.issued", "")).toEqual([2, 1]);
    expect(found("", " ABC ")).toEqual([3, 1]);
    expect(found("key.issued", "abc")).toEqual([1]);
    expect(found("", "nobody")).toEqual([]);
  });
});

describe("a dead letter", () => {
  const letter = {
    id: "d:0:1",
    decision_id: "d",
    shard: 0,
    seq: 1,
    open: true,
    cause: "x",
    retries: 3,
    at: "",
  };
  it.each([
    ["unreadable", { decision_id: null }],
    ["refused_value", { cause: "D1_ERROR: CHECK constraint failed: votes_weight_in_range" }],
    ["refused", { cause: "something else" }],
  ] as const)("is %s, which says what to do next", (kind, more) => {
    expect(deadLetterKindOf({ ...letter, ...more })).toBe(kind);
    const { what, next } = deadLetterWords(i18n, kind);
    expect([what, next]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  });
});

describe("a key that is to be issued", () => {
  const form = { ...noGrant, owner: " river-keepers ", label: " Ana " };

  it("is asked for with what its role has, and no more", () => {
    expect(grantOfForm({ ...form, decisionId: "delta" })).toEqual({
      role: "organiser",
      label: "Ana",
      owner: "river-keepers",
      decision_id: null,
    });
    expect(grantOfForm({ ...form, role: "auditor", decisionId: " delta " })).toEqual({
      role: "auditor",
      label: "Ana",
      owner: null,
      decision_id: "delta",
    });
    expect(grantOfForm({ ...form, role: "admin" }).decision_id).toBeNull();
  });

  it.each([
    ["owner", { owner: "" }],
    ["owner", { owner: "River Keepers" }],
    ["owner", { owner: "x".repeat(65) }],
    ["label", { label: "  " }],
    ["label", { label: "x".repeat(201) }],
    ["decisionId", { role: "station" as const, decisionId: "No Name" }],
    [null, { owner: "x".repeat(64), label: "x".repeat(200) }],
    [null, { role: "station" as const, owner: "River Keepers" }],
  ])("has a fault in %s: %o", (fault, changes) => {
    expect(grantFaultOf({ ...form, ...changes })).toBe(fault);
  });
});

describe("what ends with a key", () => {
  const key = (id: string, more: Partial<ListedKey> = {}): ListedKey => ({
    id,
    role: "organiser",
    label: id,
    decision_id: null,
    owner: "keepers",
    created_at: "",
    ...more,
  });
  const said = (asked: ListedKey, others: ListedKey[]) =>
    revocationWords(i18n, asked, others).join(" ");

  it("is all that an owner can do where it is the last of that owner", () => {
    expect(said(key("a"), [key("b", { owner: "others" })])).toContain("the last key of keepers");
    expect(said(key("a"), [key("b")])).toContain("the other keys of keepers");
  });

  it("is voting at a station, whose votes stay", () => {
    expect(said(key("s", { role: "station", owner: null }), [])).toContain("stay counted");
  });
});
