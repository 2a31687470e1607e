import { choices } from "../ballot/ballot.ts";
import type { RegionTally } from "../ballot/tally.ts";
import { disclosures, type Disclosure } from "../decision/decision.ts";
import type { CountedCell } from "../results/shown-cells.ts";
import type { GivenSignature, PublishedKey } from "./signature.ts";

// Documents of whoever is verified: nothing of them is believed before it was looked at.

export type JsonObject = Readonly<Record<string, unknown>>;

export interface SignedList {
  size: number;
  root: string;
}

export interface SignedTally extends RegionTally {
  ballots: number;
  weight: bigint;
}

/** What a verification reads of a certified outcome. */
export interface SignedOutcome {
  /** All members but the signature: what was signed. */
  signed: JsonObject;
  decisionId: string;
  manifestHash: string;
  counted: SignedList;
  others: SignedList;
  /** Of the rows of the counted list, in roll calls alone. */
  rowsRoot: string | null;
  shownCells: readonly CountedCell[] | null;
  total: SignedTally;
  regions: ReadonlyMap<string, SignedTally>;
  signature: GivenSignature | null;
}

export interface VotersFigures {
  voters: number;
  weight: string;
}

/** What a verification reads of a manifest. */
export interface ReadManifest {
  document: JsonObject;
  decisionId: string;
  disclosure: Disclosure;
  regions: readonly string[];
  rule: JsonObject;
  electorate: (VotersFigures & { regions: readonly (VotersFigures & { region: string })[] }) | null;
}

/** Why a document is not what it must be. */
export class DocumentFault extends Error {
  override readonly name = "DocumentFault";
}

/** The outcome is there and its decision was not certified yet: there is nothing to verify. */
export class NotCertified extends Error {
  override readonly name = "NotCertified";
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws {DocumentFault} */
function parseDocument(bytes: Uint8Array): JsonObject {
  try {
    return objectOf(JSON.parse(strictUtf8.decode(bytes)), "document");
  } catch (error) {
    if (error instanceof DocumentFault) throw error;
    throw new DocumentFault("it is not JSON in UTF-8", { cause: error });
  }
}

/**
 * Reads a certified outcome.
 * @throws {DocumentFault} it lacks what a certified outcome has
 * @throws {NotCertified} it is the outcome of a decision that was not certified yet
 */
export function readOutcome(bytes: Uint8Array): SignedOutcome {
  const { signature, ...signed } = parseDocument(bytes);
  if (signature === undefined && signed["publication"] === undefined) {
    throw new NotCertified("the outcome has no publication and no signature yet");
  }
  const publication = objectOf(signed["publication"], "publication");
  const tally = objectOf(signed["tally"], "tally");
  const regions = listOf(tally["regions"], "tally.regions").map((one) => {
    const region = objectOf(one, "tally.regions");
    return [textOf(region["region"], "region"), tallyOf(region)] as const;
  });
  requireDistinct(
    regions.map(([region]) => region),
    "tally.regions",
  );
  const cells = shownCellsOf(publication["shown_cells"] ?? null);
  const rowsRoot = publication["rows_root"] ?? null;
  return {
    signed,
    decisionId: textOf(signed["decision_id"], "decision_id"),
    manifestHash: textOf(signed["manifest_hash"], "manifest_hash"),
    counted: signedListOf(publication["counted"], "publication.counted"),
    others: signedListOf(publication["others"], "publication.others"),
    rowsRoot: rowsRoot === null ? null : textOf(rowsRoot, "publication.rows_root"),
    shownCells: cells,
    total: tallyOf(objectOf(tally["total"], "tally.total")),
    regions: new Map(regions),
    signature: signatureOf(signature),
  };
}

/**
 * Reads a JWK set of Ed25519 keys (RFC 7517, RFC 8037).
 * @throws {DocumentFault}
 */
export function readKeys(bytes: Uint8Array): PublishedKey[] {
  return listOf(parseDocument(bytes)["keys"], "keys").map((one) => {
    const key = objectOf(one, "keys");
    if (key["kty"] !== "OKP" || key["crv"] !== "Ed25519")
      throw new DocumentFault("a key is not of Ed25519");
    return { kid: textOf(key["kid"], "kid"), x: textOf(key["x"], "x") };
  });
}

/** @throws {DocumentFault} */
export function readPublicManifest(bytes: Uint8Array): ReadManifest {
  const document = parseDocument(bytes);
  const disclosure = disclosures.find((one) => one === document["disclosure"]);
  if (disclosure === undefined) throw new DocumentFault("disclosure is none that is known");
  const given = document["roll"] ?? document["electorateSize"] ?? null;
  const regions = listOf(document["regions"], "regions").map((one) =>
    textOf(objectOf(one, "regions")["code"], "code"),
  );
  requireDistinct(regions, "regions");
  return {
    document,
    decisionId: textOf(document["decisionId"], "decisionId"),
    disclosure,
    regions,
    rule: objectOf(document["rule"], "rule"),
    electorate: given === null ? null : electorateOf(objectOf(given, "roll")),
  };
}

function electorateOf(given: JsonObject): NonNullable<ReadManifest["electorate"]> {
  const regions = listOf(given["regions"], "roll.regions").map((one) => {
    const region = objectOf(one, "roll.regions");
    return { region: textOf(region["region"], "region"), ...votersOf(region) };
  });
  requireDistinct(
    regions.map(({ region }) => region),
    "roll.regions",
  );
  return { ...votersOf(given), regions };
}

/** Of a name that stands twice the last would count, unseen. */
function requireDistinct(names: readonly string[], list: string): void {
  if (new Set(names).size < names.length) throw new DocumentFault(`${list} names something twice`);
}

function votersOf(given: JsonObject): VotersFigures {
  const weight = textOf(given["weight"], "weight");
  if (!/^\d{1,60}$/.test(weight)) throw new DocumentFault("a weight is no whole number");
  return { voters: countOf(given["voters"], "voters"), weight };
}

function signedListOf(value: unknown, name: string): SignedList {
  const list = objectOf(value, name);
  return { size: countOf(list["size"], "size"), root: textOf(list["root"], "root") };
}

function tallyOf(given: JsonObject): SignedTally {
  const [yes, no, abstain] = choices.map((choice) => {
    const count = objectOf(given[choice], choice);
    return { ballots: countOf(count["ballots"], "ballots"), weight: weightOf(count["weight"]) };
  });
  if (yes === undefined || no === undefined || abstain === undefined)
    throw new DocumentFault("a tally lacks a choice");
  const ballots = countOf(given["ballots"], "ballots");
  return { yes, no, abstain, ballots, weight: weightOf(given["weight"]) };
}

function weightOf(value: unknown): bigint {
  const text = textOf(value, "weight");
  if (!/^(0|[1-9]\d{0,59})$/.test(text)) throw new DocumentFault("a weight is no whole number");
  return BigInt(text);
}

function shownCellsOf(value: unknown): readonly CountedCell[] | null {
  if (value === null) return null;
  const cells = listOf(value, "shown_cells").map(cellOf);
  const names = cells.map(({ region, weight }) => JSON.stringify([region, weight]));
  requireDistinct(names, "shown_cells");
  return cells;
}

function cellOf(value: unknown): CountedCell {
  const cell = objectOf(value, "shown_cells");
  return {
    region: textOf(cell["region"], "region"),
    weight: countOf(cell["weight"], "weight"),
    voters: countOf(cell["voters"], "voters"),
  };
}

function signatureOf(value: unknown): GivenSignature | null {
  if (typeof value !== "object" || value === null) return null;
  const { key_id, signature } = value as JsonObject;
  if (typeof key_id !== "string" || typeof signature !== "string") return null;
  return { key_id, signature };
}

function objectOf(value: unknown, name: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new DocumentFault(`${name} is no object`);
  return value as JsonObject;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new DocumentFault(`${name} is no list`);
  return value;
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== "string") throw new DocumentFault(`${name} is no text`);
  return value;
}

function countOf(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new DocumentFault(`${name} is no whole number`);
  return value;
}
