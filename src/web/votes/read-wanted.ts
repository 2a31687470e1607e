/** What somebody looks for in the list of votes. */
export type Wanted =
  | { kind: "number"; number: number }
  /** The beginning of a hash, or all of it. */
  | { kind: "hash"; digits: string };

const hashInReceipt = /(?:Ballot hash:|[#&]h=|"ballot_hash"\s*:\s*")\s*([0-9a-f]{64})/;
const fewestDigits = 6;

/**
 * Reads a number, a hash or its beginning, or a receipt in any of its forms. Null where it is none
 * of them. Digits that are a number of the list are that number.
 */
export function readWanted(text: string, size: number): Wanted | null {
  const given = text.trim();
  const digits = hashInReceipt.exec(given)?.[1];
  if (digits !== undefined) return { kind: "hash", digits };
  const number = given.replaceAll(/[\s.,’'\u00a0\u202f]/g, "");
  if (/^\d{1,9}$/.test(number) && Number(number) >= 1 && Number(number) <= size)
    return { kind: "number", number: Number(number) };
  const spelled = given.replaceAll(/[\s…]/g, "").toLowerCase();
  const isHash = /^[0-9a-f]{1,64}$/.test(spelled) && spelled.length >= fewestDigits;
  return isHash ? { kind: "hash", digits: spelled } : null;
}
