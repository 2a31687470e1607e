import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { formatInteger } from "../i18n/format.ts";
import { statementCharactersMax } from "./read-statement.ts";

export type StatementFieldProps = {
  written: string;
  complaint: string;
  onWrite: (statement: string) => void;
};

/**
 * Takes the reasons that a roll call publishes with a vote. What is too long is said and kept as it
 * is: a field that cuts a pasted text does so unseen.
 */
export function StatementField({ written, complaint, onWrite }: StatementFieldProps) {
  const isTooLong = written.length > statementCharactersMax;
  return (
    <div className="statement">
      <label htmlFor="ballot-statement">
        <Trans>Your reasons, if you want to give any</Trans>
      </label>
      <p id="ballot-statement-note" className="quiet-line">
        <Trans>This is a roll call: they are published beside your vote, for good.</Trans>
      </p>
      <textarea
        id="ballot-statement"
        rows={4}
        autoComplete="off"
        aria-describedby="ballot-statement-note ballot-statement-count ballot-statement-problem"
        aria-invalid={complaint !== "" && isTooLong}
        dir="auto"
        value={written}
        onChange={(event) => onWrite(event.currentTarget.value)}
      />
      <p id="ballot-statement-count" className="quiet-line">
        <CountLine characters={written.length} />
      </p>
      <p id="ballot-statement-problem" className="complaint" role="alert">
        {isTooLong ? complaint : ""}
      </p>
    </div>
  );
}

function CountLine({ characters }: { characters: number }) {
  const { i18n, t } = useLingui();
  const beyond = characters - statementCharactersMax;
  const max = formatInteger(i18n, statementCharactersMax);
  return beyond > 0
    ? t`${plural(beyond, { one: "# character too many", other: "# characters too many" })}`
    : t`${formatInteger(i18n, characters)} of ${max} characters`;
}
