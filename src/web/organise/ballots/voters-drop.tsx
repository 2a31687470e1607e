import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, DropZone, FileTrigger } from "react-aria-components";
import type { Invitation } from "./use-invitation.ts";

const fileTypes = [".csv", ".tsv", ".txt", ".xlsx"];

export type VotersDropProps = Pick<Invitation, "fileName" | "table" | "fileFault"> & {
  onFile: (file: File) => void;
};

/** Takes a file with voters, which stays in this browser. */
export function VotersDrop({ fileName, table, fileFault, onFile }: VotersDropProps) {
  const { t } = useLingui();
  return (
    <>
      <DropZone
        className="drop-zone"
        aria-label={t`Place to drop a file`}
        getDropOperation={() => "copy"}
        onDrop={async ({ items }) => {
          const dropped = items.find((item) => item.kind === "file");
          if (dropped !== undefined) onFile(await dropped.getFile());
        }}
      >
        <span slot="label">
          <Trans>Drop a CSV or Excel file here, or</Trans>
        </span>
        <FileTrigger
          acceptedFileTypes={fileTypes}
          onSelect={(files) => {
            const file = files?.[0];
            if (file !== undefined) onFile(file);
          }}
        >
          <Button className="button">
            <Trans>choose a file</Trans>
          </Button>
        </FileTrigger>
      </DropZone>
      {fileName === "" ? null : (
        <p role="status">
          <strong dir="auto">{fileName}</strong>{" "}
          {table === null ? null : (
            <Plural value={table.rows.length} one="has # row." other="has # rows." />
          )}
        </p>
      )}
      {fileFault === null ? null : (
        <p className="form-error" role="alert">
          <FaultWords fault={fileFault} />
        </p>
      )}
    </>
  );
}

function FaultWords({ fault }: { fault: NonNullable<Invitation["fileFault"]> }) {
  switch (fault) {
    case "empty":
      return <Trans>The file has no rows below its first line.</Trans>;
    case "quotes":
      return <Trans>A quote in the file is not closed. Save it again as CSV.</Trans>;
    case "header":
      return (
        <Trans>
          The first line has to name every column, each with a name of its own. Mend it, and choose
          the file again.
        </Trans>
      );
    case "too_large":
      return <Trans>The file is too large. Leave out columns that letters don’t need.</Trans>;
    case "too_many":
      return (
        <Trans>There are more than 200,000 rows. Cut the file, and issue links in parts.</Trans>
      );
    default:
      return <Trans>The file can’t be read. Save it as CSV UTF-8, or as an Excel workbook.</Trans>;
  }
}
