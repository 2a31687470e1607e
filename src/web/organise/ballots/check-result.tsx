import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { csvText } from "../../exports/csv-text.ts";
import { saveFile } from "../../exports/save-file.ts";
import type { CheckedVoters } from "./check-voters.ts";

const shownMax = 10;

export interface CheckResultProps {
  decision: ApiDecision;
  checked: CheckedVoters;
}

/** Who gets a link, who on the roll does not, and which rows were passed over. */
export function CheckResult({ decision, checked: { voters, faults } }: CheckResultProps) {
  const onRoll = decision.roll?.voters ?? null;
  const missing = onRoll === null ? 0 : Math.max(0, onRoll - voters.length);
  return (
    <div className="check-result" role="status">
      <p>
        <Plural value={voters.length} one="# voter gets a link." other="# voters get a link." />{" "}
        {missing === 0 ? null : (
          <Plural
            value={missing}
            one="# voter of the roll is not in this file, and gets none."
            other="# voters of the roll are not in this file, and get none."
          />
        )}
      </p>
      {faults.length === 0 ? null : <RowFaults faults={faults} />}
    </div>
  );
}

function RowFaults({ faults }: Pick<CheckedVoters, "faults">) {
  const { t } = useLingui();
  const words: Record<CheckedVoters["faults"][number]["reason"], string> = {
    no_id: t`names no voter`,
    twin: t`names a voter of an earlier row`,
    weight: t`has a weight that is no whole number`,
    not_on_roll: t`names somebody who is not on the roll`,
  };
  const save = (): void => {
    const rows = faults.map(({ line, reason }) => [line, words[reason]]);
    const text = csvText([[t`Line`, t`Problem`], ...rows]);
    saveFile("rows-without-a-link.csv", new Blob([text], { type: "text/csv;charset=utf-8" }));
  };
  return (
    <>
      <p>
        <Plural
          value={faults.length}
          one="# row gets no link as it stands:"
          other="# rows get no link as they stand:"
        />
      </p>
      <ul className="row-faults">
        {faults.slice(0, shownMax).map(({ line, reason }) => (
          <li key={line}>
            <Trans>
              Line {line} {words[reason]}.
            </Trans>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={save}>
        <Trans>Save all of them as CSV</Trans>
      </button>
    </>
  );
}
