import { nameMacs } from "../../auth/name-macs.ts";
import { BoundedMap } from "../../shared/bounded-map.ts";
import type { DecisionIds } from "../../auth/decision-ids.ts";
import type { Decisions, VotingContext } from "../../ports/decisions.ts";
import { countShards } from "../../decision/count-shards.ts";
import { UnknownDecision } from "../../ports/unknown-decision.ts";
import { limits } from "../../shared/limits.ts";
import { serializedBytes } from "../../shared/serialized-bytes.ts";
import { versionOf } from "../../shared/versioned.ts";
import { watchForm } from "../objects/call-tables.ts";
import { versionedRegistry, versionedRoom } from "../objects/versioned-stubs.ts";

interface DecisionsParts {
  ids: DecisionIds;
  contexts: VotingContexts;
}

/**
 * The rooms as Durable Objects, found by their decision's id. A room that is named is made, with a
 * database of its own: so nothing is asked by an id that was not given out. Reads find nothing
 * there, and every other call throws `UnknownDecision`.
 */
export function durableDecisions(
  env: Pick<Env, "DECISION_ROOM" | "REGISTRY" | "ID_KEYS">,
  { ids, contexts }: DecisionsParts,
): Decisions {
  const findRoom = (decisionId: string) =>
    ids.isOwn(decisionId) ? versionedRoom(env.DECISION_ROOM, decisionId) : null;
  const room = (decisionId: string) => {
    const found = findRoom(decisionId);
    if (found === null) throw new UnknownDecision();
    return found;
  };
  const clients = nameMacs(env.ID_KEYS, { purpose: "watcher/1", macDigits: 32 });
  const registry = () => versionedRegistry(env.REGISTRY);
  return {
    create(draft, actor, isOpened) {
      // A shard that lives in its room can be near its voters only where the room is, and that is
      // settled now.
      const [locationHint] = countShards(draft) === 1 ? draft.locationHints : [];
      const hint = locationHint === undefined ? {} : { locationHint };
      return versionedRoom(env.DECISION_ROOM, draft.id, hint).create(draft, actor, isOpened);
    },
    read: async (decisionId) => findRoom(decisionId)?.read() ?? null,
    listIds: (after, max) => registry().listDecisions(after, max),
    amend: (decisionId, amendment, actor) => room(decisionId).amend(amendment, actor),
    open: (decisionId, actor, acknowledged) => room(decisionId).open(actor, acknowledged),
    close: (decisionId, actor) => room(decisionId).close(actor),
    cancel: (decisionId, actor, expected) => room(decisionId).cancel(actor, expected),
    delete: (decisionId, actor, expected) => room(decisionId).delete(actor, expected),
    voterKey: (decisionId) => room(decisionId).voterKey(),
    changeTokens: (decisionId, change, actor) => room(decisionId).changeTokens(change, actor),
    countLookUp: (decisionId) => room(decisionId).countLookUp(),
    markRoll: (decisionId, voters, actor) => room(decisionId).markRoll(voters, actor),
    noteStationKey: (decisionId, change, actor) => room(decisionId).noteStationKey(change, actor),
    readAuditLog: (decisionId, seq, max) => room(decisionId).readAuditLog(seq, max),
    readEvents: (decisionId, seq, max) => room(decisionId).readEvents(seq, max),
    result: (decisionId) => room(decisionId).result(),
    unsharedResult: (decisionId) => room(decisionId).unsharedResult(),
    turnout: (decisionId) => room(decisionId).turnout(),
    unsharedTurnout: (decisionId) => room(decisionId).unsharedTurnout(),
    disclosedResult: (decisionId) => room(decisionId).disclosedResult(),
    certificationState: (decisionId) => room(decisionId).certificationState(),
    listUncertified: (after, max) => registry().listUncertified(after, max),
    rebuild: (decisionId, actor) => room(decisionId).rebuild(actor),
    publicationPage: (decisionId, list, page) => room(decisionId).publicationPage(list, page),
    outcome: (decisionId) => room(decisionId).outcome(),
    beginRoll: (decisionId) => room(decisionId).beginRoll(),
    beginRollUpload: (decisionId) => room(decisionId).beginRollUpload(),
    continueRoll: (decisionId, number) => room(decisionId).continueRoll(number),
    takeRollPiece: (decisionId, number, piece) => room(decisionId).takeRollPiece(number, piece),
    noteRoll: (decisionId, number, seen) => room(decisionId).noteRoll(number, seen),
    endRoll: (decisionId, number) => room(decisionId).endRoll(number),
    adoptRoll: ({ decisionId, ...adoption }) => room(decisionId).adoptRoll(adoption),
    rollProgress: (decisionId) => room(decisionId).rollProgress(),
    drawMap: (decisionId, text, actor) => room(decisionId).drawMap(text, actor),
    mapText: async (decisionId) => findRoom(decisionId)?.mapText() ?? null,

    async votingContext(decisionId) {
      const known = contexts.get(decisionId);
      if (known !== undefined) return known;
      const context = (await findRoom(decisionId)?.votingContext()) ?? null;
      if (context !== null) contexts.set(decisionId, context);
      return context;
    },

    watch(decisionId, { isSocket, since, client }) {
      const url = new URL(isSocket ? "https://room/socket" : "https://room/stream");
      url.searchParams.set("v", String(versionOf(watchForm)));
      if (since !== null) url.searchParams.set("since", String(since));
      // The room tells its clients apart, and does not learn their addresses.
      if (client !== null) url.searchParams.set("client", clients.sign(client));
      // Nothing else of what a client sends is the room's: no credential, address or agent.
      const headers: Record<string, string> = isSocket ? { upgrade: "websocket" } : {};
      return room(decisionId).fetch(new Request(url, { headers }));
    },
  };
}

/**
 * Frozen manifests that this isolate has met. They never change, so they may be kept; whether a
 * decision still takes votes its shards say.
 */
export type VotingContexts = BoundedMap<string, VotingContext>;

export function votingContexts(): VotingContexts {
  const bytesMax = limits.isolateKindBytesMax;
  const bound = { bytesMax, bytesOf: serializedBytes };
  return new BoundedMap<string, VotingContext>(limits.isolateDecisionsMax, bound);
}
