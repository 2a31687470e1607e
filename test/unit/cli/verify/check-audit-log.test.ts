import { describe, expect, it } from "vitest";
import { checkActs } from "../../../../src/cli/verify/check-audit-log.ts";
import {
  emptyHead,
  nextAct,
  type Act,
  type ActHead,
} from "../../../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { fakeInstance } from "./fake-instance.ts";

const log = { path: "/decisions/d/acts", place: "decision d", decision: "d" };

/** A log of five acts as an instance answers for it, and what the verification finds once it was spoiled. */
async function findIn(spoil: (acts: Act[], head: ActHead) => void): Promise<string[]> {
  const acts: Act[] = [];
  let head = emptyHead(log.place, sha256Hex);
  for (let at = 0; at < 5; at += 1) {
    const note = { act: "tokens.issued", facts: { voters: at }, change: { at } } as const;
    const actor = { role: "organiser", keyId: "k", owner: "o" } as const;
    const act = nextAct(head, note, actor, at, sha256Hex);
    acts.push(act);
    head = { seq: act.seq, hash: act.hash };
  }
  head = { ...head };
  spoil(acts, head);
  const instance = fakeInstance(1);
  instance.acts.acts = acts.map(({ at, actor, ...act }) => ({
    ...act,
    at: new Date(at).toISOString(),
    actor: { role: actor.role, key_id: actor.keyId, owner: actor.owner },
  }));
  instance.acts.head = head;
  return (await checkActs(instance.client, log)).map(({ place }) => place);
}

describe("the check of a log of acts", () => {
  it("finds nothing in a log that is whole", async () => {
    expect(await findIn(() => {})).toEqual([]);
  });

  it("finds an act that was taken out of the middle", async () => {
    expect(await findIn((acts) => acts.splice(2, 1))).toEqual(["seq"]);
  });

  it("finds one that was taken out and the rest numbered anew", async () => {
    const spoil = (acts: Act[]) => {
      acts.splice(2, 1);
      for (const [index, act] of acts.entries()) act.seq = index + 1;
    };
    expect(await findIn(spoil)).toEqual(["hash of act 3"]);
  });

  it("finds an end that was cut off", async () => {
    expect(await findIn((acts) => acts.pop())).toEqual(["head"]);
  });

  it.each([
    ["time", { at: 7 }],
    ["name", { act: "decision.opened" }],
    ["facts", { facts: { voters: 100 } }],
    ["digest", { digest: "0" }],
    ["actor", { actor: { role: "admin", keyId: "k", owner: "o" } }],
  ] as const)("finds an act whose %s was changed", async (_, change) => {
    const spoil = (acts: Act[]) => {
      const [first] = acts;
      if (first !== undefined) Object.assign(first, change);
    };
    expect(await findIn(spoil)).toEqual(["hash of act 1"]);
  });
});
