import type { CopiedObject } from "./backup-folder.ts";

/** The objects of each decision by the name of its room, which is the first; `registry` is alone. */
export type DecisionObjects = ReadonlyMap<string, CopiedObject[]>;

export function groupByDecision(listed: readonly CopiedObject[]): DecisionObjects {
  return Map.groupBy(listed, ({ object }) => object.split(":")[0] ?? "");
}

/**
 * The decisions that have changed as a draft changes, or were opened, with the objects that they
 * have by now. What has been created or deleted meanwhile is none of them.
 */
export function findChanged(before: DecisionObjects, now: DecisionObjects): DecisionObjects {
  const changed = [...before].flatMap(([decision, objects]): [string, CopiedObject[]][] => {
    const found = now.get(decision);
    const isSame = found === undefined || JSON.stringify(found) === JSON.stringify(objects);
    return isSame ? [] : [[decision, found]];
  });
  return new Map(changed);
}
