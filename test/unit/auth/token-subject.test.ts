import { assert, property, string, stringMatching, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { ballotTokens } from "../../../src/auth/ballot-token.ts";
import { tokenSubjects } from "../../../src/auth/token-subject.ts";

const key = uint8Array({ minLength: 32, maxLength: 32 });
const pid = stringMatching(/^[A-Za-z0-9_-]{22}$/);
const anHourMs = 3_600_000;

describe("the subject of a ballot token", () => {
  it("gives the pid back under the key that hid it", () => {
    assert(
      property(key, pid, (secret, some) => {
        const subjects = tokenSubjects(secret);
        expect(subjects.reveal(subjects.hide(some))).toBe(some);
      }),
    );
  });

  it("is another each time, and under another key another's", () => {
    assert(
      property(key, key, pid, (one, other, some) => {
        const subject = tokenSubjects(one).hide(some);
        expect(tokenSubjects(one).hide(some)).not.toBe(subject);
        expect(subject.slice(22)).not.toBe(some);
        if (!Buffer.from(one).equals(other))
          expect(tokenSubjects(other).reveal(subject)).not.toBe(some);
      }),
    );
  });

  it("may be the pid itself, as tokens were issued once", () => {
    assert(
      property(key, pid, (secret, some) => {
        expect(tokenSubjects(secret).reveal(some)).toBe(some);
      }),
    );
  });

  it("is nothing else", () => {
    const subjects = tokenSubjects(new Uint8Array(32));
    assert(
      property(string({ unit: "binary", maxLength: 60 }), (text) => {
        if (!/^([A-Za-z0-9_-]{22}){1,2}$/.test(text)) expect(subjects.reveal(text)).toBe(null);
      }),
    );
    expect(subjects.reveal(`${"A".repeat(43)}=`)).toBe(null);
    expect(subjects.reveal("A".repeat(45))).toBe(null);
  });
});

describe("a ballot token", () => {
  const tokens = ballotTokens(`k1:${"A".repeat(43)},k0:${"B".repeat(43)}`, "test");
  const older = ballotTokens(`k0:${"B".repeat(43)}`, "test");
  const grant = {
    decisionId: "delta",
    pid: "pseudonym-of-a-voter-1",
    region: "north",
    weight: 3,
    generation: 2,
    serial: 1,
    name: null,
    loggedInAt: null,
  };

  it("grants what it was signed for, without naming the pid to who reads it", async () => {
    const now = Date.now();
    const token = await tokens.sign(grant, now + anHourMs);
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    expect(JSON.parse(payload)).toMatchObject({ aud: "delta", region: "north", weight: 3 });
    expect(payload).not.toContain(grant.pid);
    expect(tokens.verify(token, now)).toMatchObject({ grant });
  });

  it("says what is published beside the vote, and when its voter logged in, where it is so", async () => {
    const now = Date.now();
    const more = { ...grant, name: "A. Voter", loggedInAt: 1_700_000_000_000, serial: null };
    const token = await tokens.sign(more, now + anHourMs);
    expect(tokens.verify(token, now)).toMatchObject({ grant: more });
  });

  it("says which of its voter's tokens it is, and nothing where it is the first", async () => {
    const now = Date.now();
    const first = await tokens.sign(grant, now + anHourMs);
    const third = await tokens.sign({ ...grant, serial: 3 }, now + anHourMs);
    expect(tokens.verify(first, now)).toMatchObject({ grant });
    expect(tokens.verify(third, now)).toEqual({
      grant: { ...grant, serial: 3 },
      expiresAt: Math.floor((now + anHourMs) / 1_000) * 1_000,
    });
    const claims = [first, third].map((token) =>
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"),
    );
    expect(claims.map((text) => text.includes("serial"))).toEqual([false, true]);
  });

  it("of an older key is the same voter's", async () => {
    const now = Date.now();
    const token = await older.sign(grant, now + anHourMs);
    expect(tokens.verify(token, now)).toMatchObject({ grant });
  });
});
