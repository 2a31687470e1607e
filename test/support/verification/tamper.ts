import { decoded, encoded, otherKeys, resigned, type PublicationParts } from "./certified.ts";
import { publicationParts } from "./publication-folder.ts";
import { seededRandom, type SeededRandom } from "./seeded-random.ts";

/** A publication with one thing changed. */
export interface Tampering {
  /** What was done, for whoever reads a failure. */
  what: string;
  parts: PublicationParts;
  /**
   * Whether a verifier must name it. Members of the key set that belong to no signature here are
   * bound by nothing, and read by nobody.
   */
  isBound: boolean;
}

type Change = (parts: PublicationParts, random: SeededRandom) => Omit<Tampering, "isBound"> | null;

/**
 * Endless random changes of a publication, always the same for a seed: a bit of any byte in three of
 * four, else rows, roots, keys and signatures, and what a deployment itself signs falsely.
 */
export function* tamperings(parts: PublicationParts, seed: number): Generator<Tampering> {
  const random = seededRandom(seed);
  for (;;) {
    const change = random.below(4) === 0 ? random.pick(changes) : flipBit;
    const changed = change(parts, random);
    // Some changes have nothing to change, as a name in a list without names.
    if (changed === null || isSame(changed.parts, parts)) continue;
    yield { ...changed, isBound: isBound(parts, changed.parts) };
  }
}

function flipBit(parts: PublicationParts, random: SeededRandom) {
  // By size, but the small documents no less than the lists.
  const part = random.pick(publicationParts);
  const bytes = parts[part].slice();
  if (bytes.length === 0) return null;
  const [at, bit] = [random.below(bytes.length), random.below(8)];
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return { what: `bit ${bit} of byte ${at} of ${part}`, parts: { ...parts, [part]: bytes } };
}

type Lines = string[];

/** A change of the rows of one list. */
function rowChange(
  what: string,
  list: "counted" | "others",
  change: (lines: Lines, random: SeededRandom) => Lines | null,
): Change {
  return (parts, random) => {
    const changed = change(linesOf(parts[list]), random);
    if (changed === null) return null;
    return { what: `${what} in ${list}`, parts: { ...parts, [list]: bytesOfLines(changed) } };
  };
}

function linesOf(bytes: Uint8Array): Lines {
  return decoded(bytes).split("\n").slice(0, -1);
}

function bytesOfLines(lines: Lines): Uint8Array {
  return encoded(lines.map((line) => `${line}\n`).join(""));
}

/** A change of one row, by the texts in it. */
function replaceIn(pattern: RegExp, otherwise: (found: string, random: SeededRandom) => string) {
  return (lines: Lines, random: SeededRandom): Lines | null => {
    const having = lines.flatMap((line, index) => (pattern.test(line) ? [index] : []));
    if (having.length === 0) return null;
    const chosen = random.pick(having);
    return lines.map((line, index) =>
      index === chosen ? line.replace(pattern, (found) => otherwise(found, random)) : line,
    );
  };
}

const drop = (lines: Lines, random: SeededRandom): Lines | null => {
  const chosen = random.below(lines.length);
  return lines.length === 0 ? null : lines.filter((_, index) => index !== chosen);
};
const duplicate = (lines: Lines, random: SeededRandom): Lines | null => {
  const chosen = random.below(lines.length);
  return lines.length === 0
    ? null
    : lines.flatMap((line, index) => (index === chosen ? [line, line] : [line]));
};
const swap = (lines: Lines, random: SeededRandom): Lines | null => {
  const [one, other] = [random.below(lines.length), random.below(lines.length)];
  return lines.map((line, index) =>
    index === one ? (lines[other] ?? line) : index === other ? (lines[one] ?? line) : line,
  );
};

const otherChoice = (found: string): string =>
  found === '"choice":"yes"' ? '"choice":"no"' : '"choice":"yes"';

const rowChanges: readonly Change[] = (["counted", "others"] as const).flatMap((list) => [
  rowChange("a row dropped", list, drop),
  rowChange("a row twice", list, duplicate),
  rowChange("two rows swapped", list, swap),
  rowChange("all rows dropped", list, () => []),
  rowChange("a hash made up", list, (lines, random) =>
    [...lines, `{"ballot_hash":"${random.hex(32)}"}`].toSorted(),
  ),
  rowChange(
    "another hash",
    list,
    replaceIn(/"ballot_hash":"../, (_, random) => `"ballot_hash":"${random.hex(1)}`),
  ),
  rowChange("another choice", list, replaceIn(/"choice":"\w+"/, otherChoice)),
  rowChange(
    "another region",
    list,
    replaceIn(/"region":"[^"]*"/, () => '"region":"elsewhere"'),
  ),
  rowChange(
    "another weight",
    list,
    replaceIn(/"weight":\d+/, (found) => `${found}0`),
  ),
  rowChange(
    "another k",
    list,
    replaceIn(/"k":"../, (_, random) => `"k":"${random.hex(1)}`),
  ),
  rowChange(
    "another u",
    list,
    replaceIn(/"u":"../, (_, random) => `"u":"${random.hex(1)}`),
  ),
  rowChange(
    "a cell hidden",
    list,
    replaceIn(/"region":".*"u":"\w+"/, () => '"region":null,"weight":null,"u":null'),
  ),
  rowChange(
    "another name",
    list,
    replaceIn(/"name":(null|"(\\.|[^"\\])*")/, () => '"name":"Nobody"'),
  ),
  rowChange(
    "another statement",
    list,
    replaceIn(/"statement":(null|"(\\.|[^"\\])*")/, () => '"statement":"So be it"'),
  ),
  rowChange(
    "another time",
    list,
    replaceIn(/"accepted_at":"..../, () => '"accepted_at":"2026'),
  ),
  rowChange(
    "a space",
    list,
    replaceIn(/,"/, () => ', "'),
  ),
]);

const moveRow: Change = (parts, random) => {
  const counted = linesOf(parts.counted);
  const chosen = random.below(counted.length);
  const hash = /"ballot_hash":"\w+"/.exec(counted[chosen] ?? "")?.[0];
  if (hash === undefined) return null;
  const others = [...linesOf(parts.others), `{${hash}}`].toSorted();
  const left = counted.filter((_, index) => index !== chosen);
  return {
    what: "a counted row among the others",
    parts: { ...parts, counted: bytesOfLines(left), others: bytesOfLines(others) },
  };
};

const cutEnd: Change = (parts, random) => {
  const part = random.pick(publicationParts);
  const { length } = parts[part];
  const left = random.below(length);
  return {
    what: `the last ${length - left} bytes of ${part} cut off`,
    parts: { ...parts, [part]: parts[part].slice(0, left) },
  };
};

type Outcome = Record<string, unknown>;

/** A change of the outcome that nobody has signed. */
function outcomeChange(
  what: string,
  change: (outcome: string, random: SeededRandom) => string,
): Change {
  return (parts, random) => ({
    what,
    parts: { ...parts, outcome: encoded(change(decoded(parts.outcome), random)) },
  });
}

/** A change that the deployment itself has signed: what it says must follow from the lists. */
function falseOutcome(
  what: string,
  change: (outcome: Outcome, random: SeededRandom) => Outcome,
): Change {
  return (parts, random) => ({
    what: `${what}, signed`,
    parts: resigned(parts, (outcome) => change(outcome, random)),
  });
}

/** An outcome with some texts of its JSON replaced. */
const replaced = (outcome: Outcome, pattern: RegExp, text: string): Outcome =>
  JSON.parse(JSON.stringify(outcome).replace(pattern, text)) as Outcome;

const outcomeChanges: readonly Change[] = [
  outcomeChange("another root", (text, random) =>
    text.replace(/"root":"\w+"/, `"root":"${random.hex(32)}"`),
  ),
  outcomeChange("another signature", (text, random) =>
    text.replace(/"signature":"[\w-]+"/, `"signature":"${random.base64url(64)}"`),
  ),
  outcomeChange("another key's name", (text) => text.replace(/"key_id":"\w+"/, '"key_id":"old"')),
  outcomeChange("no signature", (text) => text.replace(/,"signature":\{.*?\}/, "")),
  (parts) => ({ what: "signed by somebody else", parts: resigned(parts, (one) => one, otherKeys) }),
  (parts) => ({
    what: "somebody else's keys",
    parts: { ...parts, keys: encoded(JSON.stringify({ keys: otherKeys.publicKeys })) },
  }),
  falseOutcome("one more yes", (outcome) =>
    replaced(outcome, /"yes":\{"ballots":(\d+)/, '"yes":{"ballots":1$1'),
  ),
  falseOutcome("more weight", (outcome) => replaced(outcome, /"weight":"(\d+)"/, '"weight":"1$1"')),
  falseOutcome("another verdict", (outcome) => ({
    ...outcome,
    outcome: outcome["outcome"] === "carried" ? "not_carried" : "carried",
  })),
  falseOutcome("a requirement turned", (outcome) =>
    replaced(
      outcome,
      /"met":(true|false)/,
      outcome["outcome"] === "carried" ? '"met":false' : '"met":null',
    ),
  ),
  falseOutcome("another rule", (outcome) => ({ ...outcome, rule: { requirements: [] } })),
  falseOutcome("another size", (outcome) => replaced(outcome, /"size":(\d+)/, '"size":1$1')),
  falseOutcome("another manifest", (outcome, random) => ({
    ...outcome,
    manifest_hash: random.hex(32),
  })),
];

const changes: readonly Change[] = [...rowChanges, moveRow, cutEnd, ...outcomeChanges];

function isSame(some: PublicationParts, others: PublicationParts): boolean {
  return publicationParts.every(
    (part) =>
      some[part] === others[part] || decodedExactly(some[part]) === decodedExactly(others[part]),
  );
}

/** A character a byte, so that no two texts of bytes are taken for the same. */
function decodedExactly(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** Everything but what of the key set is not the signing key, as long as it stays a key set. */
function isBound(before: PublicationParts, after: PublicationParts): boolean {
  const isKeysAlone = publicationParts.every(
    (part) => part === "keys" || before[part] === after[part],
  );
  return !isKeysAlone || signingKeyIn(before) !== signingKeyIn(after);
}

/** The public key that is named by the outcome's signature; null where the set is none. */
function signingKeyIn({ keys, outcome }: PublicationParts): string | null {
  type Key = Partial<Record<"kty" | "crv" | "kid" | "x", unknown>>;
  const { signature } = JSON.parse(decoded(outcome)) as { signature: { key_id: string } };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(keys);
    const { keys: all } = JSON.parse(text) as { keys: Key[] };
    const isKey = ({ kty, crv, kid, x }: Key) =>
      kty === "OKP" && crv === "Ed25519" && typeof kid === "string" && typeof x === "string";
    if (!all.every(isKey)) return null;
    const found = all.find(({ kid }) => kid === signature.key_id);
    return found === undefined ? null : String(found.x);
  } catch {
    return null;
  }
}
