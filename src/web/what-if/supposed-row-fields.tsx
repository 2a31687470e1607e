import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { formatInteger, pluralOf } from "../i18n/format.ts";
import type { CountMeasure } from "../results/measure.ts";
import { shownChoices } from "../results/tally-bars.ts";
import { SupposedField } from "./supposed-field.tsx";
import { castIn, supposeCount, type SupposedRow } from "./supposed-figures.ts";

export type SupposedRowFieldsProps = {
  row: SupposedRow;
  title: string;
  measures: readonly CountMeasure[];
  isEven: boolean;
  onChange: (row: SupposedRow) => void;
};

/** The counts of a region, or of the whole, to be supposed otherwise. */
export function SupposedRowFields(props: SupposedRowFieldsProps) {
  const { row, title, measures, isEven, onChange } = props;
  return (
    <fieldset>
      <legend dir="auto">{title}</legend>
      {measures.map((measure) => (
        <div key={measure} className="what-if-measure">
          {!isEven && (
            <p className="quiet-line">
              {measure === "ballots" ? <Trans>Ballots</Trans> : <Trans>Weight</Trans>}
            </p>
          )}
          {shownChoices.map((choice) => (
            <SupposedField
              key={choice}
              choice={choice}
              title={title}
              count={row.choices[choice][measure]}
              most={mostOf(row, measure)}
              onChange={(count) => onChange(supposeCount(row, { choice, measure, count, isEven }))}
            />
          ))}
          <EligibleLine row={row} measure={measure} />
        </div>
      ))}
    </fieldset>
  );
}

/** How far the sliders go: to all who may vote, or where nobody knows to twice what there is. */
function mostOf({ choices, eligible }: SupposedRow, measure: CountMeasure): bigint {
  if (eligible !== null) return eligible[measure];
  const twice = 2n * castIn(choices, measure);
  return twice > 100n ? twice : 100n;
}

type EligibleLineProps = { row: SupposedRow; measure: CountMeasure };

function EligibleLine({ row: { choices, eligible }, measure }: EligibleLineProps) {
  const { i18n } = useLingui();
  if (eligible === null) return null;
  const [cast, all] = [castIn(choices, measure), eligible[measure]];
  const [counted, digits] = [formatInteger(i18n, cast), formatInteger(i18n, all)];
  if (cast > all) {
    return (
      <p className="what-if-excess" role="alert">
        <Trans>These are more than the {digits} who may vote.</Trans>
      </p>
    );
  }
  return (
    <p className="quiet-line">
      <Plural
        value={pluralOf(all)}
        one={`${counted} of ${digits} who may vote`}
        other={`${counted} of ${digits} who may vote`}
      />
    </p>
  );
}
