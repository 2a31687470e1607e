import type { ApiListedDecision } from "../contract.ts";
import { Trans, useLingui } from "@lingui/react/macro";
import { hasResults, isOver } from "../decision/decision-phase.ts";
import { formatInteger } from "../i18n/format.ts";
import { verdictWord } from "../outcome/verdict-words.ts";
import { choiceWord } from "../results/choice-words.ts";
import type { CountMeasure } from "../results/measure.ts";
import { StackedBar } from "../results/stacked-bar.tsx";
import { countsOf, shownChoices } from "../results/tally-bars.ts";
import { turnoutWords, votedWords } from "../results/turnout-words.ts";

/** How a decision stands or ended, as far as that is shown. */
export function RowResult({ decision }: { decision: ApiListedDecision }) {
  const { i18n } = useLingui();
  const { result, status } = decision;
  const measure = decision.measure.by === "weight" ? "weight" : "ballots";
  if (result === null) return hasResults(status) ? <NothingShown decision={decision} /> : null;
  return (
    <div className="row-result">
      {result.outcome === null ? null : (
        <p className="row-verdict">{verdictWord(i18n, result.outcome)}</p>
      )}
      {result.total === undefined ? (
        <p className="row-figures">
          {turnoutWords(i18n, result, measure) ?? votedWords(i18n, result)}
        </p>
      ) : (
        <Figures total={result.total} measure={measure} />
      )}
    </div>
  );
}

type FiguresProps = {
  total: NonNullable<NonNullable<ApiListedDecision["result"]>["total"]>;
  measure: CountMeasure;
};

function Figures({ total, measure }: FiguresProps) {
  const { i18n } = useLingui();
  const counts = countsOf(total, measure);
  if (counts.all === 0n) {
    return (
      <p className="row-figures">
        <Trans>No ballot yet</Trans>
      </p>
    );
  }
  return (
    <>
      <StackedBar counts={counts} />
      <ul className="row-figures">
        {shownChoices.map((choice) => (
          <li key={choice} className={`row-choice ${choice}`}>
            {choiceWord(i18n, choice)} <b>{formatInteger(i18n, counts[choice])}</b>
          </li>
        ))}
        {measure === "weight" ? (
          <li>
            <Trans>by weight</Trans>
          </li>
        ) : null}
      </ul>
    </>
  );
}

function NothingShown({ decision: { status, visibility } }: { decision: ApiListedDecision }) {
  return (
    <div className="row-result">
      <p className="row-figures">
        {visibility === "sealed" && !isOver(status) ? <Trans>Sealed until closing</Trans> : null}
      </p>
    </div>
  );
}
