import { describe, expect, it } from "vitest";
import { hashOfAuditEntry } from "../../../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { amendDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueOrganiserKey } from "../../../support/worker/keys.ts";
import { refused } from "../../../support/worker/problems.ts";

type Entry = {
  seq: number;
  at: string;
  actor: {
    role: "admin" | "organiser";
    key_id: string;
    owner: string | null;
    session: string | null;
  };
  action: "decision.opened";
  facts: Record<string, string | number | null>;
  digest: string;
  hash: string;
};
type Head = { seq: number; hash: string };
type Page = { before: Head; entries: Entry[]; head: Head; next: number | null };

const eventsPath = (id: string) => `/api/v1/decisions/${id}/events`;

async function eventsOf(id: string, query = ""): Promise<Page> {
  const { status, body } = await api<Page>("GET", `${eventsPath(id)}${query}`);
  expect(status).toBe(200);
  return body;
}

const namesOf = ({ entries }: Page) => entries.map(({ action }) => action);

/** Follows the entries as a stranger does, from what they follow on; gives where they end. */
function follow({ before, entries }: Page): Head {
  let last = before;
  for (const { actor, at, ...entry } of entries) {
    const { key_id: keyId, ...others } = actor;
    const who = { ...others, keyId };
    const full = { ...entry, at: Date.parse(at), actor: who };
    expect(entry.seq).toBe(last.seq + 1);
    expect(entry.hash).toBe(hashOfAuditEntry(last.hash, full, sha256Hex));
    last = { seq: entry.seq, hash: entry.hash };
  }
  return last;
}

describe("what was done to a decision since its opening", () => {
  it("is everybody's to read: opening, tokens by their number, closing early", async () => {
    const { key } = await issueOrganiserKey("events-own");
    const id = await draftDecision({}, key);
    await amendDecision(id, { title: "A title before" });
    await api("POST", `/api/v1/decisions/${id}/open`, { key });
    const voters = ["late-voter-1", "late-voter-2"].map((voter_id) => ({
      voter_id,
      region: "north",
    }));
    await api("POST", `/api/v1/decisions/${id}/tokens`, { key, body: { voters } });
    await api("POST", `/api/v1/decisions/${id}/close`, { key });
    const page = await eventsOf(id);
    expect(namesOf(page)).toEqual(["decision.opened", "tokens.issued", "decision.closed"]);
    expect(page.entries[1]).toMatchObject({
      actor: { role: "organiser", owner: "events-own" },
      facts: { voters: 2 },
    });
    expect(page.entries[2]?.facts).toEqual({ closes_at: null });
    expect(JSON.stringify(page)).not.toMatch(/voter-\d/);
  });

  it("says that a decision was cancelled", async () => {
    const id = await openedDecision();
    await takeStep(id, "cancel");
    expect(namesOf(await eventsOf(id))).toEqual(["decision.opened", "decision.cancelled"]);
  });

  it("is the end of the audit log without a gap, which a stranger follows to its head", async () => {
    const id = await draftDecision();
    await amendDecision(id, { title: "A title before" });
    await takeStep(id, "open");
    for (const voter of ["ana", "ben"]) await tokenFor(id, voter);
    await takeStep(id, "cancel");
    const page = await eventsOf(id);
    expect(follow(page)).toEqual(page.head);
    const log = await api<Page>("GET", `/api/v1/decisions/${id}/audit-log`, { key: adminKey });
    expect(page.entries).toEqual(log.body.entries.slice(2));
    expect(page.head).toEqual(log.body.head);
    const forged = page.entries.map((entry) => ({ ...entry, facts: { voters: 9 } }));
    expect(() => follow({ ...page, entries: forged })).toThrow("expected");
  });

  it("is read by page, and nothing from before the opening is in any", async () => {
    const id = await openedDecision();
    for (const voter of ["ana", "ben", "cy"]) await tokenFor(id, voter);
    const seen: number[] = [];
    let [after, last]: [number | null, Head | null] = [0, null];
    while (after !== null) {
      const page: Page = await eventsOf(id, `?after_seq=${after}&limit=3`);
      if (last !== null) expect(page.before).toEqual(last);
      last = follow(page);
      seen.push(...page.entries.map(({ seq }) => seq));
      after = page.next;
    }
    expect(seen).toEqual([2, 3, 4, 5]);
    const beyond = await eventsOf(id, "?after_seq=99");
    expect([beyond.entries, beyond.before]).toEqual([[], beyond.head]);
    const tooMany = `${eventsPath(id)}?limit=${limits.eventsPageMax + 1}`;
    await refused("GET", tooMany, {}, 400, "query.invalid");
  });

  it("is not there before the opening, to the owner neither", async () => {
    const id = await draftDecision();
    await refused("GET", eventsPath(id), {}, 404, "decision.not_found");
    await refused("GET", eventsPath(id), { key: adminKey }, 409, "manifest.none");
  });
});
