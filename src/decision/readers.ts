import type { Decision } from "./decision.ts";

/** Who asks for a decision: the role and the owner of an API key; null for everybody else. */
export type DecisionReader = Readonly<{ role: string; owner: string | null }> | null;

/**
 * Whether a decision is everybody's to read: once it was opened, for good. A draft is its owner's
 * alone, and stays that where it is cancelled.
 */
export function isPublished({ manifest }: Pick<Decision, "manifest">): boolean {
  return manifest !== null;
}

/** Whether a decision is there for this reader; admins read drafts as well, and auditors do not. */
export function isReadableBy(
  decision: Pick<Decision, "manifest" | "owner">,
  reader: DecisionReader,
): boolean {
  if (isPublished(decision) || reader?.role === "admin") return true;
  return reader?.role === "organiser" && reader.owner === decision.owner;
}

const everybody = "everybody";

/** Whose lists a decision stands in, as the database keeps it beside the decision. */
export function audienceOf(decision: Pick<Decision, "manifest" | "owner">): string {
  if (isPublished(decision)) return everybody;
  return decision.owner === null ? "admins" : audienceOfOwner(decision.owner);
}

/** The audiences whose decisions a reader's lists have; null for all. */
export function audiencesOf(reader: DecisionReader): readonly string[] | null {
  if (reader?.role === "admin") return null;
  if (reader?.role !== "organiser" || reader.owner === null) return [everybody];
  return [everybody, audienceOfOwner(reader.owner)];
}

/** An owner's name has no blank. */
function audienceOfOwner(owner: string): string {
  return `owner ${owner}`;
}
