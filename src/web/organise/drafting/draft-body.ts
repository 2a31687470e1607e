import type { Ask } from "../../../client/routes.ts";
import type { ApiDecision } from "../../contract.ts";

/** All that an organiser writes of a decision, as the API takes it. */
export type DraftBody = Omit<WrittenDraft, "slug" | "open" | "title" | "description"> &
  // The other languages are in `translations`.
  Pick<ApiDecision, "title" | "description">;
type WrittenDraft = Ask<"POST /api/v1/decisions">["body"];
export type DraftMember = keyof DraftBody;
/** A body in which nothing is left to a default. */
export type WholeDraft = { [Member in DraftMember]-?: Exclude<DraftBody[Member], undefined> };

/** Every field of a draft in the order in which a page tells them. A test holds it to the API. */
export const draftMembers = [
  "title",
  "description",
  "translations",
  "rehearsal",
  "electorate",
  "regions",
  "rule",
  "opens_at",
  "closes_at",
  "ends_early",
  "extension",
  "revote_policy",
  "visibility",
  "disclosure",
  "release_min",
  "small_cells_min",
  "electorate_size",
  "weight_max",
  "voter_ids",
  "stations",
  "login",
  "retention",
  "expected_watchers",
  "shards",
  "location_hints",
  "placement",
] as const satisfies readonly DraftMember[];

/** What of a decision an organiser has written; an extension's state is no part of it. */
export function draftOf(decision: ApiDecision): WholeDraft {
  const { extension, ...rest } = decision;
  const picked = Object.fromEntries(
    draftMembers.map((member) => [member, rest[member as "title"]]),
  );
  // Every member stands in the list above.
  return {
    ...picked,
    extension: extension === null ? null : { minutes: extension.minutes },
  } as unknown as WholeDraft;
}
