import type { ProblemTable } from "./problem-table.ts";

/** Backups of the record and their way back. */
export const backupProblems = {
  "backup.no_recipient": {
    status: 409,
    title: "This deployment names nobody who may read its backups",
    detail:
      "Nothing leaves it unencrypted: set the variable BACKUP_RECIPIENT to an age recipient (`age1…`) and deploy.",
  },
  "backup.not_found": {
    status: 404,
    title: "There is no such backup or object",
    detail:
      "POST /api/v1/backups begins one, and GET /api/v1/backups/{backup}/objects lists its objects.",
  },
  "backup.changed": {
    status: 409,
    title: "The object has changed while it was read",
    detail: "Begin it again without `after`: its earlier pages belong to another look.",
  },
  "restore.not_empty": {
    status: 409,
    title: "The object has something of its own",
    detail:
      "Only an object that nobody has used is restored, from one backup: nothing that is kept is ever overwritten.",
  },
  "restore.out_of_turn": {
    status: 409,
    title: "An earlier page is missing",
    detail: "Send the pages of an object in their order, from the first on.",
  },
  "restore.not_ours": {
    status: 422,
    title: "No deployment with these keys has made this page",
    detail:
      "A page is taken as it was encrypted, into the object that it was read of, by a deployment with the same ID_KEYS.",
  },
} satisfies ProblemTable;
