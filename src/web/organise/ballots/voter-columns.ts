/** Which columns of a voters' file say what, by their place; -1 where none does. */
export interface VoterColumns {
  voterId: number;
  /** Of an open electorate alone: a roll has these itself. */
  region: number;
  weight: number;
  language: number;
  /** The lines above a letter, in their order. */
  address: readonly number[];
}

const names = {
  voterId: ["voter_id", "voter", "id", "member", "member_id", "member_number", "number"],
  region: ["region", "chamber", "district"],
  weight: ["weight", "shares", "votes"],
  language: ["language", "lang", "locale", "langue", "idioma", "язык", "语言", "اللغة"],
  address: [
    ["name", "full_name", "first_name", "last_name", "surname"],
    ["company", "organisation", "organization"],
    ["address", "street", "address_1", "address_line_1"],
    ["address_2", "address_line_2"],
    ["postcode", "zip", "postal_code", "zip_code"],
    ["city", "town"],
    ["state", "province"],
    ["country"],
  ],
} as const;

/** The columns that their names make likely; whoever uploads them may choose others. */
export function guessColumns(columns: readonly string[]): VoterColumns {
  const plain = columns.map(plainName);
  const find = (wanted: readonly string[]) =>
    wanted.map((name) => plain.indexOf(name)).find((at) => at >= 0) ?? -1;
  const address = names.address.flatMap((line) =>
    plain.flatMap((name, at) => (line.some((known) => known === name) ? [at] : [])),
  );
  return {
    voterId: find(names.voterId),
    region: find(names.region),
    weight: find(names.weight),
    language: find(names.language),
    address,
  };
}

/** In small letters, with `_` for whatever is no letter or digit. */
function plainName(text: string): string {
  const words = text.normalize("NFC").toLowerCase();
  return words.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "");
}
