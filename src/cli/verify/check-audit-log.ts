import { sha256Hex } from "../../auth/digest.ts";
import { emptyHead, hashOfAct, type ActHead } from "../../audit-log/audit-entry.ts";
import type { ApiClient } from "../client/api-client.ts";
import { actPageSchema, type ActPageAnswer } from "../client/contract.ts";
import type { Difference } from "./difference.ts";

const pageActs = 1_000;

/**
 * Follows a log of administrative acts from its published beginning to the head that is kept beside it: whatever was changed, removed or
 * slipped in breaks the chain, and whatever was cut off its end leaves the head out of reach. The first fault is reported; all after it follow from it.
 */
export async function checkActs(
  client: ApiClient,
  log: { path: string; place: string; decision: string },
): Promise<Difference[]> {
  let last = emptyHead(log.place, sha256Hex);
  const wrong = (place: string, expected: string, actual: string): Difference[] => [
    { kind: "wrong", decision: log.decision, layer: "acts", place, expected, actual },
  ];
  for (;;) {
    const page: ActPageAnswer = await client.get(
      `${log.path}?after_seq=${last.seq}&limit=${pageActs}`,
      actPageSchema,
    );
    for (const act of page.acts) {
      const next = follow(last, act);
      if (act.seq !== next.seq) return wrong("seq", String(next.seq), String(act.seq));
      if (act.hash !== next.hash) return wrong(`hash of act ${act.seq}`, next.hash, act.hash);
      last = next;
    }
    if (page.next !== null) continue;
    if (page.head.seq === last.seq && page.head.hash === last.hash) return [];
    return wrong("head", `act ${last.seq} ${last.hash}`, `act ${page.head.seq} ${page.head.hash}`);
  }
}

function follow(last: ActHead, { actor, at, ...act }: ActPageAnswer["acts"][number]): ActHead {
  const who = { role: actor.role, keyId: actor.key_id, owner: actor.owner };
  const entry = { ...act, seq: last.seq + 1, at: Date.parse(at), actor: who };
  return { seq: entry.seq, hash: hashOfAct(last.hash, entry, sha256Hex) };
}
