import { sha256Hex } from "../../auth/digest.ts";
import { messageMacs } from "../../auth/message-macs.ts";
import { nameMacs } from "../../auth/name-macs.ts";
import type { DecisionIds } from "../../auth/decision-ids.ts";
import { encryptPage, isRecipient } from "../../backup/age-page.ts";
import { nameOfObject, objectOfName, type BackupObject } from "../../backup/backup-object.ts";
import { decodePage, encodePage } from "../../backup/backup-page.ts";
import { countShards } from "../../decision/count-shards.ts";
import { isInRoom, planShardMap, shardName, type LocationHint } from "../../decision/shard-map.ts";
import type { Backups, ListedObject } from "../../ports/backup.ts";
import { limits } from "../../shared/limits.ts";
import { versionedRegistry, versionedRoom, versionedShard } from "../objects/versioned-stubs.ts";

type BackupEnvironment = Pick<Env, "BALLOT_SHARD" | "DECISION_ROOM" | "REGISTRY" | "ID_KEYS"> & {
  BACKUP_RECIPIENT?: string;
};

/**
 * Backups of the Durable Objects. Pages are encrypted here, before anything leaves the deployment,
 * and carry a mac inside: what comes back is what some deployment with the same keys gave out.
 */
export function objectBackups(env: BackupEnvironment, ids: DecisionIds): Backups {
  const names = nameMacs(env.ID_KEYS, { purpose: "backup/1", macDigits: 32 });
  const pages = messageMacs(env.ID_KEYS, "backup page/1");
  const { BACKUP_RECIPIENT: given = "" } = env;

  const isThere = (object: BackupObject) =>
    object.kind === "registry" || ids.isOwn(object.decisionId);
  const stubOf = (object: BackupObject, hint: LocationHint | null = null) => {
    if (object.kind === "registry") return versionedRegistry(env.REGISTRY);
    const { decisionId } = object;
    const place = hint === null ? {} : { locationHint: hint };
    return object.kind === "room"
      ? versionedRoom(env.DECISION_ROOM, decisionId, place)
      : versionedShard(env.BALLOT_SHARD, shardName(decisionId, object.shard), place);
  };

  /** A room, and the shards that it has in objects of their own. */
  const objectsOf = async (decisionId: string): Promise<ListedObject[]> => {
    const object = nameOfObject({ kind: "room", decisionId });
    const decision = await versionedRoom(env.DECISION_ROOM, decisionId).read();
    if (decision === null) return [{ object, locationHint: null, basis: null }];
    const { manifest, draft, roll, status } = decision;
    const shardMap = manifest?.shardMap ?? planShardMap(draft);
    const roomHint = countShards(draft) === 1 ? (draft.locationHints[0] ?? null) : null;
    const shards = [...shardMap.entries()].filter(([shard]) => !isInRoom(shardMap, shard));
    return [
      {
        object,
        locationHint: roomHint,
        basis: status === "draft" ? sha256Hex(JSON.stringify([draft, roll])) : null,
      },
      ...shards.map(([shard, { locationHint }]) => ({
        object: nameOfObject({ kind: "shard", decisionId, shard }),
        locationHint,
        basis: null,
      })),
    ];
  };

  return {
    recipient: async () => ((await isRecipient(given)) ? given : null),
    async begin(actor) {
      const random = crypto.randomUUID().replaceAll("-", "");
      const backup = random + names.sign(random);
      await versionedRegistry(env.REGISTRY).recordBackup(backup, actor);
      return backup;
    },
    isOwn: (backup) => names.verify(backup.slice(0, 32), backup.slice(32)),
    async listObjects(after) {
      const max = limits.backupListDecisions;
      const decisions = await versionedRegistry(env.REGISTRY).listDecisions(after, max);
      const objects = (await Promise.all(decisions.map(objectsOf))).flat();
      const registry = { object: "registry", locationHint: null, basis: null };
      return {
        objects: after === "" ? [registry, ...objects] : objects,
        next: decisions.length < max ? null : (decisions.at(-1) ?? null),
      };
    },
    async readPage({ backup, object: name, after }) {
      const object = objectOfName(name);
      if (!isThere(object)) return "not_found";
      const [dump = null, before = "0"] = after === null ? [] : after.split(".");
      const page = Number(before) + 1;
      const reply = await stubOf(object).dumpPage({ dump, page });
      if (reply === "changed") return "changed";
      const { isLast } = reply;
      const place = { backup, object: name, dump: reply.dump, page, isLast };
      const text = encodePage(place, reply.lines);
      return {
        page,
        next: isLast ? null : `${reply.dump}.${page}`,
        ciphertext: await encryptPage({ text, mac: pages.sign(text) }, given),
      };
    },
    async restorePage({ backup, object: name, locationHint, text, mac }, actor) {
      const object = objectOfName(name);
      if (!isThere(object) || !pages.verify(text, mac)) return "not_ours";
      const { place, lines } = decodePage(text);
      if (place.backup !== backup || place.object !== name) return "not_ours";
      const { dump, page, isLast } = place;
      return stubOf(object, locationHint).restorePage({ backup, dump, page, isLast, lines, actor });
    },
  };
}
