const schemes = new Set(["http:", "https:", "mailto:"]);

/**
 * The address of a link that somebody wrote, or null where it is no whole `http`, `https` or
 * `mailto` address: none of ours, no script, no data.
 */
export function safeLink(written: unknown): string | null {
  if (typeof written !== "string" || !URL.canParse(written)) return null;
  const url = new URL(written);
  return schemes.has(url.protocol) ? url.href : null;
}
