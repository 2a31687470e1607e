export type StrictJson = { value: unknown } | { refused: "not_json" | "duplicate_key" };

/** Parses JSON strictly: JSON.parse alone takes the last of two members of one name, so two readers of one text could see different things (RFC 8259, 4). */
export function parseStrictly(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: "not_json" };
  }
  let names = 0;
  for (const match of text.matchAll(memberNames)) if (match[1] !== undefined) names += 1;
  return names === countMembers(value) ? { value } : { refused: "duplicate_key" };
}

/** In valid JSON a string before a colon is a member's name, so there are as many of them as members unless one stands twice. */
const memberNames = /"(?:[^"\\]|\\.)*"\s*(:)?/g;

/** Without recursion: a text may be nested as deep as it is long. */
function countMembers(value: unknown): number {
  const left: unknown[] = [value];
  let members = 0;
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== "object" || next === null) continue;
    const inner: unknown[] = Object.values(next);
    if (!Array.isArray(next)) members += inner.length;
    for (const one of inner) left.push(one);
  }
  return members;
}
