import { Trans, useLingui } from "@lingui/react/macro";
import { ChoiceMark } from "./choice-mark.tsx";
import { choiceWord } from "./choice-words.ts";
import type { CountMeasure } from "./measure.ts";
import { shownChoices } from "./tally-bars.ts";

/** The names of a region table's columns. */
export function RegionHead({ measure }: { measure: CountMeasure }) {
  const { i18n } = useLingui();
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        <th role="columnheader" scope="col">
          <Trans>Region</Trans>
        </th>
        <th role="columnheader" scope="col" className="bar-cell">
          <span className="unseen">
            <Trans>As a bar</Trans>
          </span>
        </th>
        {shownChoices.map((choice) => (
          <th key={choice} role="columnheader" scope="col" className={`count ${choice}`}>
            <ChoiceMark choice={choice} />
            {choiceWord(i18n, choice)}
          </th>
        ))}
        <th role="columnheader" scope="col" className="count all">
          {measure === "ballots" ? <Trans>Ballots</Trans> : <Trans>Weight</Trans>}
        </th>
      </tr>
    </thead>
  );
}
