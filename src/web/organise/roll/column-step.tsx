import { Trans, useLingui } from "@lingui/react/macro";
import { useId, type ReactNode } from "react";
import type { ApiDecision } from "../../contract.ts";
import { Notice } from "../../ui/notice.tsx";
import type { RollField } from "./columns.ts";
import { fileEncodings, type FileEncoding } from "./file/encodings.ts";
import { sayEncoding } from "./encoding-words.ts";
import { sayFileFailure } from "./failure-words.ts";
import type { FileFailure } from "./roll-worker-messages.ts";
import type { OpenedFile, RollImportRun } from "./use-roll-import.ts";

export type ColumnStepProps = {
  decision: ApiDecision;
  opened: OpenedFile;
  failure: FileFailure | null;
  rollImport: RollImportRun;
};

/** What the file's columns are, with its first rows to see it by. */
export function ColumnStep({ decision, opened, failure, rollImport }: ColumnStepProps) {
  const { i18n, t } = useLingui();
  const { file, mapping } = opened;
  const hasRegions = decision.regions.length > 0;
  const isRollCall = decision.disclosure === "roll_call";
  const isComplete =
    mapping.columns.voterId !== null && (!hasRegions || mapping.columns.region !== null);
  const choose = (field: RollField, at: number | null): void =>
    rollImport.map({ ...mapping, columns: { ...mapping.columns, [field]: at } });
  const select = (field: RollField, label: ReactNode, hint: ReactNode, none: string) => (
    <ColumnSelect
      key={field}
      {...{ label, hint, none }}
      columns={headingsOf(opened, (column) => t`Column ${column}`)}
      value={mapping.columns[field]}
      onChange={(at) => choose(field, at)}
    />
  );
  return (
    <div className="form-fields">
      <p>
        <Trans>
          The file <bdi>{file.name}</bdi> is open. Say what its columns are.
        </Trans>
      </p>
      {failure === null ? null : (
        <Notice title={<Trans>The file was not read</Trans>} isProblem>
          <p>{sayFileFailure(i18n, failure)}</p>
        </Notice>
      )}
      <FileForm opened={opened} rollImport={rollImport} />
      <Preview opened={opened} />
      {select(
        "voterId",
        <Trans>Voter id</Trans>,
        <Trans>
          What tells one voter from every other: a member’s number, an e-mail address. It is never
          published.
        </Trans>,
        t`Choose a column`,
      )}
      {hasRegions
        ? select(
            "region",
            <Trans>Region</Trans>,
            <Trans>
              Where each vote is counted, by the code or the name of the decision’s regions.
            </Trans>,
            t`Choose a column`,
          )
        : null}
      {select(
        "weight",
        <Trans>Weight</Trans>,
        <Trans>How many votes each voter has, as a whole number.</Trans>,
        t`None: every vote counts once`,
      )}
      {isRollCall
        ? select(
            "name",
            <Trans>Name</Trans>,
            <Trans>In this decision it is published beside the vote.</Trans>,
            t`None: no names are published`,
          )
        : null}
      <p className="roll-buttons">
        <button
          type="button"
          className="button strong"
          disabled={!isComplete}
          onClick={() => rollImport.check()}
        >
          <Trans>Check the file</Trans>
        </button>
        <button type="button" className="button" onClick={() => rollImport.restart()}>
          <Trans>Choose another file</Trans>
        </button>
      </p>
      {isComplete ? null : (
        <p className="form-hint">
          {hasRegions ? (
            <Trans>Choose the columns of voter id and region first.</Trans>
          ) : (
            <Trans>Choose the column of the voter id first.</Trans>
          )}
        </p>
      )}
    </div>
  );
}

function headingsOf({ sketch, mapping }: OpenedFile, number: (column: number) => string) {
  const first = sketch.sample[0]?.fields ?? [];
  return Array.from({ length: sketch.columnCount }, (_, at) => {
    const heading = mapping.hasHeading ? (first[at] ?? "").trim() : "";
    return heading === "" ? number(at + 1) : heading;
  });
}

interface ColumnSelectProps {
  label: ReactNode;
  hint: ReactNode;
  none: string;
  columns: readonly string[];
  value: number | null;
  onChange: (at: number | null) => void;
}

function ColumnSelect({ label, hint, none, columns, value, onChange }: ColumnSelectProps) {
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="form-hint">
        {hint}
      </p>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={value ?? ""}
        onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
      >
        <option value="">{none}</option>
        {columns.map((column, at) => (
          // Columns have no other name than their place.
          // oxlint-disable-next-line react/no-array-index-key
          <option key={at} value={at}>
            {column}
          </option>
        ))}
      </select>
    </div>
  );
}

/** How the file itself is read: its sheet, its encoding, and whether its first row is a heading. */
function FileForm({ opened, rollImport }: { opened: OpenedFile; rollImport: RollImportRun }) {
  const id = useId();
  const { file, choice, sketch, mapping } = opened;
  return (
    <>
      {sketch.sheets.length > 1 ? (
        <div className="form-field">
          <label htmlFor={`${id}-sheet`}>
            <Trans>Sheet</Trans>
          </label>
          <select
            id={`${id}-sheet`}
            value={sketch.sheet}
            onChange={({ target }) =>
              rollImport.open(file, { ...choice, sheet: Number(target.value) })
            }
          >
            {sketch.sheets.map((name, at) => (
              <option key={name} value={at}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {sketch.encoding === null ? null : (
        <EncodingField
          encoding={sketch.encoding}
          isGuess={sketch.isEncodingGuess}
          onEncoding={(encoding) => rollImport.open(file, { ...choice, encoding })}
        />
      )}
      <label className="roll-check">
        <input
          type="checkbox"
          checked={mapping.hasHeading}
          onChange={({ target }) => rollImport.map({ ...mapping, hasHeading: target.checked })}
        />
        <Trans>The first row names the columns and is no voter</Trans>
      </label>
    </>
  );
}

interface EncodingFieldProps {
  encoding: FileEncoding;
  isGuess: boolean;
  onEncoding: (encoding: FileEncoding) => void;
}

function EncodingField({ encoding, isGuess, onEncoding }: EncodingFieldProps) {
  const id = useId();
  const { i18n } = useLingui();
  return (
    <div className="form-field">
      <label htmlFor={id}>
        <Trans>Encoding</Trans>
      </label>
      <p id={`${id}-hint`} className="form-hint">
        {isGuess ? (
          <Trans>
            The file does not say it, so this is a guess. Look at the rows below: if letters are
            wrong, choose another one.
          </Trans>
        ) : (
          <Trans>Change it only if letters in the rows below are wrong.</Trans>
        )}
      </p>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={encoding}
        onChange={({ target }) => {
          const chosen = fileEncodings.find((each) => each === target.value);
          if (chosen !== undefined) onEncoding(chosen);
        }}
      >
        {fileEncodings.map((each) => (
          <option key={each} value={each}>
            {sayEncoding(i18n, each)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Preview({ opened: { sketch, mapping } }: { opened: OpenedFile }) {
  const { t } = useLingui();
  return (
    // A wide table is scrolled by its own bar, and by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="roll-table" role="region" aria-label={t`First rows of the file`} tabIndex={0}>
      <table>
        <caption>
          <Trans>First rows of the file</Trans>
        </caption>
        <tbody>
          {sketch.sample.slice(0, 6).map(({ line, fields }, index) => (
            <tr key={line} className={index === 0 && mapping.hasHeading ? "roll-heading" : ""}>
              {fields.map((field, at) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={at} dir="auto">
                  {field}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
