/** One object of the record, whose storage a backup holds. */
export type BackupObject =
  | { kind: "registry" }
  | { kind: "room"; decisionId: string }
  | { kind: "shard"; decisionId: string; shard: number };

/** The name of an object in a backup: `registry`, a decision's id, or that with `:` and a shard. */
export function nameOfObject(object: BackupObject): string {
  if (object.kind === "registry") return "registry";
  if (object.kind === "room") return object.decisionId;
  return `${object.decisionId}:${object.shard}`;
}

/** What `nameOfObject` names; any text names something, and not all of it there is. */
export function objectOfName(name: string): BackupObject {
  if (name === "registry") return { kind: "registry" };
  const [decisionId = "", shard] = name.split(":");
  return shard === undefined
    ? { kind: "room", decisionId }
    : { kind: "shard", decisionId, shard: Number(shard) };
}
