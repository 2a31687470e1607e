import { Plural, useLingui } from "@lingui/react/macro";
import type { ApiChoice } from "../contract.ts";
import { formatInteger, formatShare } from "../i18n/format.ts";
import { ChoiceMark } from "./choice-mark.tsx";
import { choiceWord } from "./choice-words.ts";
import type { ChoiceCounts } from "./tally-bars.ts";

export type BoardFigureProps = {
  choice: ApiChoice;
  counts: ChoiceCounts;
  /** How many ballots the weight is of; null where ballots are counted. */
  ballots: number | null;
};

/** One choice of a board: its exact figure, and its share of all. */
export function BoardFigure({ choice, counts, ballots }: BoardFigureProps) {
  const { i18n } = useLingui();
  return (
    <div className={`figure ${choice}`}>
      <dt className="figure-name">
        <ChoiceMark choice={choice} />
        {choiceWord(i18n, choice)}
      </dt>
      <dd className="figure-value">{formatInteger(i18n, counts[choice])}</dd>
      <dd className="figure-share">
        {formatShare(i18n, counts[choice], counts.all)}
        {ballots !== null && (
          <>
            {" · "}
            <Plural value={ballots} one="# ballot" other="# ballots" />
          </>
        )}
      </dd>
    </div>
  );
}
