/**
 * The proof in what a voter pasted: the 64 digits alone, the whole receipt, or the link that its QR
 * code holds. Null where there is none.
 */
export function readProof(pasted: string): string | null {
  const text = pasted.trim();
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  return /(?:^Your proof \(r\): *|[#&]r=)([0-9a-f]{64})(?:&|\s*$)/m.exec(text)?.[1] ?? null;
}
