import { Trans, useLingui } from "@lingui/react/macro";
import { formatInteger } from "../i18n/format.ts";
import { BoardFigure } from "./board-figure.tsx";
import { sumWords, type BoardResult } from "./board-words.ts";
import type { CountMeasure } from "./measure.ts";
import { StackedBar } from "./stacked-bar.tsx";
import { countsOf, shownChoices } from "./tally-bars.ts";
import { turnoutWords } from "./turnout-words.ts";

export type ResultBoardProps = {
  result: BoardResult;
  /** What is drawn: that by which the rule counts. */
  measure: CountMeasure;
};

/** Up to here three figures stand beside each other on a phone too. */
const digitsOfThreeColumns = 5;
/** The style sheet has a size for figures of so many characters (results.css). */
const digitsMax = 26;

/** The result as a picture: three exact figures and one bar. */
export function ResultBoard({ result, measure }: ResultBoardProps) {
  const { i18n } = useLingui();
  const { total } = result;
  const counts = countsOf(total, measure);
  const longest = Math.max(
    ...shownChoices.map((choice) => formatInteger(i18n, counts[choice]).length),
  );
  const digits = Math.min(digitsMax, Math.max(3, longest));
  const turnout = turnoutWords(i18n, result, measure);
  return (
    <div className={longest > digitsOfThreeColumns ? "board wide" : "board"} data-digits={digits}>
      <dl className="figures">
        {shownChoices.map((choice) => (
          <BoardFigure
            key={choice}
            choice={choice}
            counts={counts}
            ballots={measure === "weight" ? total[choice].ballots : null}
          />
        ))}
      </dl>
      <StackedBar counts={counts} />
      <p className="board-sum">{sumWords(i18n, result, measure)}</p>
      {total.ballots > 0 && (
        <p className="quiet-line">
          {measure === "ballots" ? (
            <Trans>Percentages are shares of all counted ballots, abstentions included.</Trans>
          ) : (
            <Trans>Percentages are shares of the total weight, abstentions included.</Trans>
          )}
        </p>
      )}
      {turnout !== null && <p className="board-turnout">{turnout}</p>}
    </div>
  );
}
