/** Without case, accents and other marks: "emile" is found in "Émile". */
function foldName(name: string): string {
  return name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Tells of each name whether it has this text in it, as a reader types it. */
export function matchName(text: string): (name: string | null) => boolean {
  const wanted = foldName(text);
  return (name) => name !== null && foldName(name).includes(wanted);
}
