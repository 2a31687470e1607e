/** A decision as somebody names it; `elsewhere` is the site of an address that is not this one. */
export interface NamedDecision {
  id: string;
  elsewhere: string | null;
}

const idPattern = /^[\w-]{1,80}$/;

/** Reads a decision's id, or the address of any of its pages. Null where it is neither. */
export function readDecision(text: string, origin: string): NamedDecision | null {
  const given = text.trim();
  if (idPattern.test(given)) return { id: given, elsewhere: null };
  const isAddress = URL.canParse(given, origin) && /[/?]/.test(given);
  if (!isAddress) return null;
  const url = new URL(given, origin);
  const inPath = /^\/(?:api\/v1\/)?decisions\/([^/]+)/.exec(url.pathname)?.[1];
  const id = inPath ?? url.searchParams.get("decision");
  if (id === null || !idPattern.test(id)) return null;
  return { id, elsewhere: url.origin === origin ? null : url.origin };
}
