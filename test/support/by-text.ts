/** Orders texts by their code units, as hexadecimal digits go by their bytes. */
export function byText(one: string | null, other: string | null): number {
  const [a, b] = [one ?? "", other ?? ""];
  return a < b ? -1 : a > b ? 1 : 0;
}
