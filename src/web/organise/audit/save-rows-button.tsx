import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { saveFile } from "../../exports/save-file.ts";
import { formatInteger } from "../../i18n/format.ts";
import { AdminRefusal } from "../admin/admin-refusal.tsx";
import { readShardRows, type AuditedRows } from "./save-shards.ts";

export type SaveRowsButtonProps = {
  id: string;
  rows: AuditedRows;
  shards: number;
  children: ReactNode;
};

/** Reads rows of all shards and gives them as a file. */
export function SaveRowsButton({ id, rows, shards, children }: SaveRowsButtonProps) {
  const { i18n } = useLingui();
  const [read, setRead] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => readShardRows(rows, { id, shards, onProgress: setRead }),
    onSuccess: (blob) => saveFile(`${id}-${rows.replace("_", "-")}.ndjson`, blob),
  });
  const digits = formatInteger(i18n, read);
  return (
    <li>
      <button type="button" className="button" disabled={isPending} onClick={() => mutate()}>
        {children}
      </button>{" "}
      {isPending ? (
        <span role="status">
          <Trans>{digits} rows so far</Trans>
        </span>
      ) : null}
      {error === null ? null : <AdminRefusal error={error} />}
    </li>
  );
}
