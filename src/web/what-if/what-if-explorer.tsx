import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import type { ApiChoice } from "../contract.ts";
import { countsByRegion } from "../outcome/counts-by-region.ts";
import { choiceWord } from "../results/choice-words.ts";
import type { CountMeasure } from "../results/measure.ts";
import { readSupposedRule, supposedMeasures } from "./evaluate-supposed.ts";
import { beginSupposing, supposeOthers, type SupposedRow } from "./supposed-figures.ts";
import { SupposedRowFields } from "./supposed-row-fields.tsx";
import { SupposedVerdict } from "./supposed-verdict.tsx";
import type { WhatIfProps } from "./what-if-props.ts";

/** More rows than these are edited one at a time. */
const rowsShown = 8;

/** The decision's own rule, evaluated in the browser on counts that somebody supposes. */
export default function WhatIfExplorer({ decision, outcome }: WhatIfProps) {
  const { t } = useLingui();
  const rule = useMemo(() => readSupposedRule(decision.rule), [decision.rule]);
  const begin = () =>
    beginSupposing({ decision, outcome, isByRegion: countsByRegion(decision.rule) });
  // Votes that come in meanwhile change nothing here until it is begun anew.
  const [figures, setFigures] = useState(begin);
  const [code, setCode] = useState(figures.rows[0]?.code ?? "");
  if (rule === null) return <Trans>This page can’t read the rule. Load it anew.</Trans>;

  const { rows, isEven } = figures;
  const measures: CountMeasure[] = isEven ? ["ballots"] : supposedMeasures(rule);
  const edited = rows.length > rowsShown ? rows.filter((row) => row.code === code) : rows;
  const change = (changed: SupposedRow): void =>
    setFigures({
      ...figures,
      rows: rows.map((row) => (row.code === changed.code ? changed : row)),
    });
  const supposeAll = (choice: ApiChoice): void =>
    setFigures({ ...figures, rows: rows.map((row) => supposeOthers(row, choice)) });
  return (
    <div className="what-if-explorer">
      <SupposedVerdict rule={rule} figures={figures} />
      <div className="actions">
        {rows.every(({ eligible }) => eligible !== null) && (
          <>
            <OthersButton choice="yes" onSuppose={supposeAll} />
            <OthersButton choice="no" onSuppose={supposeAll} />
          </>
        )}
        <button type="button" className="button quiet" onClick={() => setFigures(begin())}>
          <Trans>Back to the counts as they are</Trans>
        </button>
      </div>
      {edited.length < rows.length && (
        <label className="what-if-region">
          <Trans>Region</Trans>
          <select value={code} onChange={({ target }) => setCode(target.value)}>
            {rows.map((row) => (
              <option key={row.code} value={row.code}>
                {row.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="what-if-rows">
        {edited.map((row) => (
          <SupposedRowFields
            key={row.code}
            row={row}
            title={row.code === "" ? t`All voters` : row.name}
            measures={measures}
            isEven={isEven}
            onChange={change}
          />
        ))}
      </div>
    </div>
  );
}

type OthersButtonProps = { choice: ApiChoice; onSuppose: (choice: ApiChoice) => void };

function OthersButton({ choice, onSuppose }: OthersButtonProps) {
  const { i18n } = useLingui();
  return (
    <button type="button" className="button quiet" onClick={() => onSuppose(choice)}>
      <Trans>All who are left: {choiceWord(i18n, choice)}</Trans>
    </button>
  );
}
