import { BoundedMap } from "../../src/bounded-map.ts";
import type { Rooms, VotingContext } from "../../src/http/deps.ts";
import { limits } from "../../src/limits.ts";

/** The rooms as Durable Objects, found by their decision's id. */
export function durableRooms(
  env: Pick<Env, "DECISION_ROOM" | "REGISTRY">,
  contexts: VotingContexts,
): Rooms {
  const room = (decisionId: string) => env.DECISION_ROOM.getByName(decisionId);
  return {
    create: (draft) => room(draft.id).create(draft),
    read: (decisionId) => room(decisionId).read(),
    listIds: (after, max) => env.REGISTRY.getByName("registry").listDecisions(after, max),
    amend: (decisionId, changes) => room(decisionId).amend(changes),
    open: (decisionId) => room(decisionId).open(),
    close: (decisionId) => room(decisionId).close(),
    cancel: (decisionId) => room(decisionId).cancel(),
    decisionKey: (decisionId) => room(decisionId).decisionKey(),
    result: (decisionId) => room(decisionId).result(),
    outcome: (decisionId) => room(decisionId).outcome(),
    rebuild: (decisionId) => room(decisionId).rebuild(),
    beginRoll: (decisionId) => room(decisionId).beginRoll(),
    noteRoll: (decisionId, number, seen) => room(decisionId).noteRoll(number, seen),
    endRoll: (decisionId, number) => room(decisionId).endRoll(number),
    adoptRoll: (decisionId, number, parts) => room(decisionId).adoptRoll(number, parts),
    rollProgress: (decisionId) => room(decisionId).rollProgress(),

    async votingContext(decisionId) {
      const known = contexts.get(decisionId);
      if (known !== undefined) return known;
      const context = await room(decisionId).votingContext();
      if (context !== null) contexts.set(decisionId, context);
      return context;
    },

    watch(decisionId, request, since) {
      const isSocket = request.headers.get("upgrade")?.toLowerCase() === "websocket";
      const url = new URL(isSocket ? "https://room/socket" : "https://room/stream");
      if (since !== null) url.searchParams.set("since", String(since));
      return room(decisionId).fetch(new Request(url, { headers: request.headers }));
    },
  };
}

/** Frozen manifests that this isolate has met. They never change, so they may be kept; whether a decision still takes votes its shards say. */
export type VotingContexts = BoundedMap<string, VotingContext>;

export function votingContexts(): VotingContexts {
  return new BoundedMap(limits.isolateDecisionsMax);
}
