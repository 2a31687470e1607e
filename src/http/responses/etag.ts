import { sha256Hex } from "../../auth/digest.ts";
import type { Decision } from "../../decision/decision.ts";
import { draftContent } from "../../decision/draft-content.ts";
import { versionOfOpened } from "../../decision/lifecycle.ts";
import { isPublished } from "../../decision/readers.ts";
import type { ExpectedDrafts } from "../../ports/decisions.ts";
import type { ShownVersion } from "../../results/shown-result.ts";

/** A weak validator (RFC 9110, 8.8.3): the same version may be sent with another `age_ms`. */
export function etagOf(version: ShownVersion): string {
  return `W/"${version}"`;
}

/**
 * The ETag of a decision itself. Once it is opened all may read it as it stands, and the tag is
 * weak; that of a draft is strong, so that a change can ask for it.
 */
export function etagOfDecision(decision: Decision): string {
  return isPublished(decision)
    ? `W/"${versionOfOpened(decision)}"`
    : `"${sha256Hex(draftContent(decision))}"`;
}

/**
 * The drafts that an If-Match names, by the digests of their content; null where it asks for none.
 * A weak tag matches too, against RFC 9110, 13.1.1: Cloudflare's edge weakens the tags of what it
 * compresses (its "ETag headers"), and a digest of the content is the same under either. Tags of
 * another form are of no draft, as the weak ones of opened decisions are.
 */
export function draftsIn(ifMatch: string | undefined): ExpectedDrafts {
  if (ifMatch === undefined || ifMatch.trim() === "*") return null;
  return [...ifMatch.matchAll(/"([0-9a-f]{64})"/g)].map(([, digest = ""]) => digest);
}

/**
 * Headers for a reader that shows a newer version than is at hand. The ETag is the reader's own: a
 * cache on the way would file an older one under what it has.
 */
export function stillNewest(seenVersion: number): Record<string, string> {
  return { "cache-control": "no-cache", etag: `W/"${seenVersion}"` };
}

/** Whether If-None-Match names this ETag, by weak comparison. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return (
    ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag))
  );
}

/** The newest version that the reader says it has seen, or null. */
export function versionIn(ifNoneMatch: string | undefined): number | null {
  const versions = [...(ifNoneMatch ?? "").matchAll(/"(\d{1,16})"/g)].map((match) =>
    Number(match[1]),
  );
  return versions.length === 0 ? null : Math.max(...versions);
}
