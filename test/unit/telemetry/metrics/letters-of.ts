/** A number as letters alone, which the name of an event or an outcome is made of. */
export function lettersOf(value: number): string {
  return value.toString().replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
}
