import type { Disclosure } from "../decision/decision.ts";
import type { PublishedBallot } from "./published-ballot.ts";

/** Whether voters of this region and weight are enough for both to be shown. */
export type IsCellShown = (region: string, weight: number) => boolean;

/** A row of a list as JSON text, without line feeds. Digits and choices need no escape. */
export type WriteRow = (ballot: PublishedBallot) => string;

/** How the row of a counted ballot is written under each disclosure. */
export function countedRowWriter(disclosure: Disclosure, isShown: IsCellShown): WriteRow {
  if (disclosure === "aggregate") return hashRow;
  if (disclosure === "roll_call") return rollCallRow;
  return (ballot) => {
    const { hash, choice, k, c, region, weight, u } = ballot;
    const cell = isShown(region, weight) ? cellOf(ballot, u) : hiddenCell;
    return `{"ballot_hash":"${hash}","choice":"${choice}","k":"${k}","c":"${c}",${cell}}`;
  };
}

/** The row of a ballot that was replaced or withdrawn, or of a withdrawal. */
export function hashRow({ hash }: Pick<PublishedBallot, "hash">): string {
  return `{"ballot_hash":"${hash}"}`;
}

/** What an auditor is told of each hash of either list. */
export function openingRow(ballot: PublishedBallot): string {
  const { hash, choice, k, u, isCounted } = ballot;
  const list = isCounted ? "counted" : "others";
  return `{"ballot_hash":"${hash}","list":"${list}","choice":"${choice}","k":"${k}",${cellOf(ballot, u)}}`;
}

function rollCallRow(ballot: PublishedBallot): string {
  const { hash, choice, k, c, u, name, statement, acceptedAt } = ballot;
  const at = new Date(acceptedAt).toISOString();
  const note = `"name":${JSON.stringify(name)},"statement":${JSON.stringify(statement)}`;
  return `{"ballot_hash":"${hash}","choice":"${choice}","k":"${k}","c":"${c}",${cellOf(ballot, u)},${note},"accepted_at":"${at}"}`;
}

const hiddenCell = '"region":null,"weight":null,"u":null';

function cellOf({ region, weight }: PublishedBallot, u: string): string {
  return `"region":${JSON.stringify(region)},"weight":${weight},"u":"${u}"`;
}

/** The members of a list's rows, in their order: the head of its CSV. */
export function columnsOf(list: "counted" | "others", disclosure: Disclosure): readonly string[] {
  if (list === "others" || disclosure === "aggregate") return ["ballot_hash"];
  const opened = ["ballot_hash", "choice", "k", "c", "region", "weight", "u"];
  return disclosure === "roll_call" ? [...opened, "name", "statement", "accepted_at"] : opened;
}
