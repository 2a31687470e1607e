import { draftMembers, type DraftMember, type WholeDraft } from "./draft-body.ts";
import { isSame } from "./read-built-rule.ts";

/** A field that somebody else has changed since a draft was read. */
export type ForeignChange = {
  member: DraftMember;
  /** Whether it was changed here too, to something else. */
  isConflict: boolean;
};

/** Three drafts: as it was read, as it is filled in here, and as it is kept now. */
export interface ThreeDrafts {
  base: WholeDraft;
  mine: WholeDraft;
  theirs: WholeDraft;
}

/** What somebody else has changed meanwhile, in the order of the form. */
export function findForeignChanges({ base, mine, theirs }: ThreeDrafts): ForeignChange[] {
  return draftMembers
    .filter((member) => !isSame(base[member], theirs[member]))
    .map((member) => ({
      member,
      isConflict: !isSame(base[member], mine[member]) && !isSame(mine[member], theirs[member]),
    }));
}

/**
 * One draft of both: what one side alone has changed, and of each conflict the side that was chosen.
 */
export function mergeDrafts(
  { base, mine, theirs }: ThreeDrafts,
  chosen: ReadonlyMap<DraftMember, "mine" | "theirs">,
): WholeDraft {
  const merged = draftMembers.map((member) => {
    const isMine = !isSame(base[member], mine[member]);
    const isTheirs = !isSame(base[member], theirs[member]);
    const isTaken = isTheirs && (!isMine || chosen.get(member) === "theirs");
    return [member, isTaken ? theirs[member] : mine[member]] as const;
  });
  // The same members as of each side.
  return Object.fromEntries(merged) as WholeDraft;
}
