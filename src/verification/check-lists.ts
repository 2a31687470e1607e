import { checkCells } from "./check-tallies.ts";
import type { Check } from "./check.ts";
import type { SignedOutcome } from "./documents.ts";
import type { FindingList, ListName } from "./finding.ts";
import type { ReadLists } from "./read-both-lists.ts";
import { findOverlap } from "./read-list.ts";

/** Holds both lists against the outcome, and says of each what reading it has shown. */
export function checkLists(
  outcome: SignedOutcome,
  lists: ReadLists,
  findings: FindingList,
): Check[] {
  compareLists(outcome, lists, findings);
  return listChecks(outcome, lists, findings);
}

function compareLists(outcome: SignedOutcome, lists: ReadLists, findings: FindingList): void {
  for (const list of ["counted", "others"] as const) {
    const { columns, root } = lists[list];
    findings.compare("list.size", String(outcome[list].size), String(columns.size), { list });
    findings.compare("list.root", outcome[list].root, root, { list });
  }
  const { counted, others } = lists;
  if (outcome.rowsRoot !== null)
    findings.compare("list.rows_root", outcome.rowsRoot, counted.rowsRoot, { list: "counted" });
  const overlap = findOverlap(counted.columns, others.columns);
  if (overlap !== null) {
    const [list, hash] = ["counted", counted.columns.hashAt(overlap)] as const;
    findings.add("list.overlap", "each hash in one list", "in both", {
      list,
      row: overlap + 1,
      hash,
    });
  }
  if (outcome.shownCells !== null) checkCells(counted.columns, outcome.shownCells, findings);
}

const listCodes = [
  "row.malformed",
  "list.order",
  "list.duplicate",
  "list.overlap",
  "list.size",
  "list.root",
] as const;

function listChecks(outcome: SignedOutcome, lists: ReadLists, findings: FindingList): Check[] {
  const isWrong = (list: ListName): boolean => findings.hasIn(list, listCodes);
  const { counted, others } = lists;
  const { size } = counted.columns;
  const isHash = counted.columns.form === "hash";
  const cellState = findings.has("ballot.cell", "ballot.region") ? "failed" : null;
  const isEveryCellShown = counted.opened === size;
  return [
    listCheck("counted_list", isWrong("counted"), size),
    listCheck("others_list", isWrong("others"), others.columns.size),
    isHash
      ? { check: "ballot_hashes", state: "not_checked", done: 0, of: size, reason: "aggregate" }
      : {
          check: "ballot_hashes",
          state: findings.has("ballot.hash") ? "failed" : "passed",
          done: counted.hashed,
          of: size,
        },
    {
      check: "regions_and_weights",
      state: cellState ?? (isHash ? "not_checked" : isEveryCellShown ? "passed" : "partly"),
      done: counted.opened,
      of: size,
      ...(isHash
        ? { reason: "aggregate" as const }
        : isEveryCellShown
          ? {}
          : { reason: "cells_hidden" as const }),
    },
    outcome.rowsRoot === null
      ? { check: "notes", state: "not_checked", reason: "none_there" }
      : { check: "notes", state: findings.has("list.rows_root") ? "failed" : "passed" },
    outcome.shownCells === null
      ? { check: "shown_cells", state: "not_checked", reason: "none_there" }
      : { check: "shown_cells", state: findings.has("cells.count") ? "failed" : "passed" },
  ];
}

function listCheck(check: "counted_list" | "others_list", isWrong: boolean, size: number): Check {
  return { check, state: isWrong ? "failed" : "passed", done: size, of: size };
}
