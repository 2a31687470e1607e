import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { saveFile } from "../../exports/save-file.ts";
import { formatInteger, pluralOf } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import type { RollSums } from "./check/roll-checker.ts";
import { IdDoubtList } from "./id-doubt-list.tsx";
import { rowProblemWords, sayRowProblem } from "./problem-words.ts";
import { RegionChoices } from "./region-choices.tsx";
import { RegionSums } from "./region-sums.tsx";
import { SmallCells } from "./small-cells.tsx";
import { WeightList } from "./weight-list.tsx";
import type { RollInForce } from "./roll-queries.ts";
import type { RollCheck } from "./roll-worker-messages.ts";
import { TwinList } from "./twin-list.tsx";
import type { OpenedFile, RollImportRun } from "./use-roll-import.ts";

export type CheckedStepProps = {
  decision: ApiDecision;
  before: RollInForce | null;
  opened: OpenedFile;
  check: RollCheck;
  kept: number[];
  sums: RollSums;
  rollImport: RollImportRun;
};

/** What is in the file, what is wrong with it, and what an import would change. */
export function CheckedStep({
  decision,
  before,
  opened,
  check,
  kept,
  sums,
  rollImport,
}: CheckedStepProps) {
  const { i18n } = useLingui();
  const [rows, voters] = [formatInteger(i18n, check.rows), formatInteger(i18n, sums.voters)];
  const isEmpty = sums.voters === 0;
  return (
    <div className="roll-checked">
      <p role="status">
        <bdi>{opened.file.name}</bdi>:{" "}
        <Plural
          value={pluralOf(check.rows)}
          one={`${rows} row was checked.`}
          other={`${rows} rows were checked.`}
        />{" "}
        <Plural
          value={pluralOf(sums.voters)}
          one={`${voters} voter can be loaded.`}
          other={`${voters} voters can be loaded.`}
        />{" "}
        <Trans>Nothing was sent yet.</Trans>
      </p>
      <RegionChoices {...{ decision, opened, check, rollImport }} />
      <Problems check={check} rollImport={rollImport} />
      <IdDoubtList doubts={check.doubts} />
      <TwinList {...{ decision, check, kept, rollImport }} />
      <RegionSums
        decision={decision}
        sums={sums}
        before={before}
        caption={<Trans>What this file comes to</Trans>}
      />
      <SmallCells decision={decision} fewestAlike={sums.fewestAlike} />
      <WeightList weights={sums.weights} weightCount={sums.weightCount} />
      {isEmpty ? (
        <Notice title={<Trans>No voter can be loaded</Trans>} isProblem>
          <p>
            <Trans>Look at the rows above. Perhaps another column is the one with the ids.</Trans>
          </p>
        </Notice>
      ) : (
        <Consequence before={before} check={check} />
      )}
      <p className="roll-buttons">
        <button
          type="button"
          className="button strong"
          disabled={isEmpty}
          onClick={() => rollImport.upload()}
        >
          <Plural
            value={pluralOf(sums.voters)}
            one={`Import ${voters} voter`}
            other={`Import ${voters} voters`}
          />
        </button>
        <button type="button" className="button" onClick={() => rollImport.back()}>
          <Trans>Back to the columns</Trans>
        </button>
        <button type="button" className="button" onClick={() => rollImport.restart()}>
          <Trans>Choose another file</Trans>
        </button>
      </p>
    </div>
  );
}

function Problems({ check, rollImport }: Pick<CheckedStepProps, "check" | "rollImport">) {
  const { i18n, t } = useLingui();
  if (check.refused === 0) return null;
  const count = formatInteger(i18n, check.refused);
  const save = async (): Promise<void> => {
    const heading = [t`Row`, t`What is wrong`, t`Voter id`, t`Region`, t`Code`];
    saveFile("roll-problems.csv", await rollImport.problems(rowProblemWords(i18n), heading));
  };
  return (
    <section className="roll-part" aria-labelledby="roll-problems">
      <h3 id="roll-problems">
        <Plural
          value={pluralOf(check.refused)}
          one={`${count} row can’t be loaded`}
          other={`${count} rows can’t be loaded`}
        />
      </h3>
      <p>
        <Trans>
          Mend them in the file and choose it again. If you import the file as it is, these voters
          can’t vote; whoever opens the decision must accept that, and it is recorded publicly.
        </Trans>
      </p>
      <ul className="roll-reasons">
        {check.reasons.map(({ code, rows }) => (
          <li key={code}>
            {formatInteger(i18n, rows)} × {sayRowProblem(i18n, code)}
          </li>
        ))}
      </ul>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="roll-table roll-long" role="region" aria-label={t`Rows`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Row</Trans>
              </th>
              <th scope="col">
                <Trans>Voter id</Trans>
              </th>
              <th scope="col">
                <Trans>What is wrong</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {check.problems.map(({ line, code, voterId }) => (
              <tr key={line}>
                <td>{formatInteger(i18n, line)}</td>
                <td dir="auto">{voterId}</td>
                <td>{sayRowProblem(i18n, code)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <button type="button" className="button" onClick={() => void save()}>
        <Trans>Download all of them (CSV)</Trans>
      </button>
    </section>
  );
}

function Consequence({ before, check }: Pick<CheckedStepProps, "before" | "check">) {
  const { i18n } = useLingui();
  const rows = formatInteger(i18n, check.refused);
  return (
    <div className="roll-consequence">
      {before === null ? (
        <p>
          <Trans>
            When you import it, these voters become the roll. It can be replaced until the decision
            is opened.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>
            When you import it, it takes the place of the roll in force as a whole: who is not in
            this file can’t vote any more. Links that were made for the roll before stop working, so
            make them anew.
          </Trans>
        </p>
      )}
      {check.refused === 0 ? null : (
        <p>
          <Plural
            value={pluralOf(check.refused)}
            one={`${rows} row is left out.`}
            other={`${rows} rows are left out.`}
          />
        </p>
      )}
    </div>
  );
}
