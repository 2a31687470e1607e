import type { Decision } from "../../decision/decision.ts";
import { versionOfOpened } from "../../decision/lifecycle.ts";
import type { ShownVersion } from "../../results/shown-result.ts";

/** A weak validator (RFC 9110, 8.8.3): the same version may be sent with another `age_ms`. */
export function etagOf(version: ShownVersion): string {
  return `W/"${version}"`;
}

/** The same of an opened decision itself, which all may read as it stands. */
export function etagOfDecision(decision: Decision): string {
  return `W/"${versionOfOpened(decision)}"`;
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
