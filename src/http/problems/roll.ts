import { limits } from "../../shared/limits.ts";
import type { ProblemTable } from "./problem-table.ts";

/** A roll that can't be imported or used. */
export const rollProblems = {
  "roll.missing": {
    status: 409,
    title: "The decision has no roll yet",
    detail: "PUT the roll, or PATCH `electorate` to `open`.",
  },
  "roll.outdated": {
    status: 409,
    title: "The decision's shards or regions have changed since the roll was imported",
    detail: "PUT the roll again.",
  },
  "roll.superseded": {
    status: 409,
    title: "Another import has begun, or the decision is no longer a draft",
    detail: "This upload changed nothing; GET the roll for what is in force.",
  },
  "roll.pieces_missing": {
    status: 409,
    title: "The piece is not the next one, or not all are in",
    detail:
      "GET the roll for `upload.pieces`, which is the number of the next piece, and go on there.",
  },
  "roll.piece_changed": {
    status: 409,
    title: "The piece came with other rows before",
    detail: "The file has changed since the upload began: begin another upload.",
  },
  "roll.open_electorate": {
    status: 409,
    title: "The decision's electorate is open",
    detail: "PATCH `electorate` to `roll` first.",
  },
  "register.not_ready": {
    status: 409,
    title: "Who has voted is marked after the close",
    detail: "GET the decision for its status. A cancelled one has no register.",
  },
  "register.bad_line": {
    status: 400,
    title: "A line is no row of the columns that the first line names",
    detail:
      "Each has as many fields as the first, separated as those are, and quotes come in pairs.",
  },
  "register.too_many_rows": {
    status: 413,
    title: "The register has too many rows for one request",
    detail: `Send at most ${limits.registerVotersMax} rows a request, each part with the first line.`,
  },
  "look_up.token_refused": {
    status: 422,
    title: "The voter has shown no good ballot token",
    detail:
      "It must be one of this decision, made since its keys were, and not expired. Eligibility is told without a token.",
  },
  "roll.refused_rows": {
    status: 409,
    title: "Rows of the roll's file were refused, so their voters could not vote",
    detail:
      "Mend the rows that GET the roll lists and PUT it again, or open with their number as `accept_refused_rows` in the body.",
  },
  "roll.small_cells": {
    status: 409,
    title: "Few on the roll share their region and weight",
    detail:
      "Totals of few weights name voters by subset sums. Publish them all the same with `acknowledge_small_cells: true` in the body, or give more voters one weight.",
  },
  "roll.small_groups": {
    status: 409,
    title: "A group of regions has few voters for its shards",
    detail:
      "An outcome tells how many ballots each shard took. Open all the same with `acknowledge_small_groups: true` in the body, or PATCH `placement` to fewer shards or larger groups and import the roll again.",
  },
  "roll.unknown_encoding": {
    status: 400,
    title: "The file is not UTF-8, nor UTF-16 with a byte order mark",
    detail: "Save it as UTF-8, which Excel calls CSV UTF-8, or as Unicode text.",
  },
  "roll.missing_column": {
    status: 400,
    title: "A column is missing",
    detail:
      "Name voter_id, region and weight in the first line, with commas, semicolons or tabs between.",
  },
  "roll.unknown_column": {
    status: 400,
    title: "A column is not known",
    detail:
      "Leave out every column but voter_id, region, weight and name, or PUT the roll with `?ignore=` and their names.",
  },
  "roll.duplicate_column": {
    status: 400,
    title: "A column stands twice",
    detail: "Name every column once.",
  },
  "roll.empty": {
    status: 422,
    title: "No voter could be loaded",
    detail: "The roll in force stays. Check the upload's format and its regions.",
  },
  "roll.twins": {
    status: 422,
    title: "Rows of the roll name one voter twice",
    detail:
      "The roll in force stays. Mend the rows that `twins` lists, or PUT the roll with `?twins=first`.",
  },
  "roll.too_many_rows": {
    status: 413,
    title: "The roll has too many rows",
    detail: `Send at most ${limits.rollRowsMax} rows; the roll in force stays.`,
  },
} satisfies ProblemTable;
