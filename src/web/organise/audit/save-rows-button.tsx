import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { saveFile } from "../../exports/save-file.ts";
import { formatInteger } from "../../i18n/format.ts";
import { AdminRefusal } from "../admin/admin-refusal.tsx";

export type SaveRowsButtonProps = {
  fileName: string;
  /** Reads all rows, and tells how many they are so far. */
  read: (onProgress: (rows: number) => void) => Promise<Blob>;
  children: ReactNode;
};

/** Reads rows page by page and gives them as a file. */
export function SaveRowsButton({ fileName, read, children }: SaveRowsButtonProps) {
  const { i18n } = useLingui();
  const [rows, setRows] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => read(setRows),
    onSuccess: (blob) => saveFile(fileName, blob),
  });
  const digits = formatInteger(i18n, rows);
  return (
    <>
      <button type="button" className="button" disabled={isPending} onClick={() => mutate()}>
        {children}
      </button>{" "}
      {isPending ? (
        <span role="status">
          <Trans>{digits} rows so far</Trans>
        </span>
      ) : null}
      {error === null ? null : <AdminRefusal error={error} />}
    </>
  );
}
