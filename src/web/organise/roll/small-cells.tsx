import { Trans, useLingui } from "@lingui/react/macro";
import { findSmallRollCells } from "../../../decision/small-roll-cells.ts";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";

export type SmallCellsProps = {
  decision: ApiDecision;
  /** Of a roll, or of a file; see `Roll.fewestAlike`. */
  fewestAlike: readonly { region: string; voters: number }[] | null;
};

const regionsShown = 20;

/** Warns of voters whom totals would name, by the same rule as at the opening. */
export function SmallCells({ decision, fewestAlike }: SmallCellsProps) {
  const { i18n } = useLingui();
  const { disclosure, electorate, small_cells_min: smallCellsMin, regions } = decision;
  const draft = { disclosure, electorate, smallCellsMin };
  const isSmall = findSmallRollCells({ draft, roll: { fewestAlike } }).length > 0;
  if (!isSmall) return null;
  const nameOf = (code: string) => regions.find((each) => each.code === code)?.name ?? code;
  return (
    <Notice title={<Trans>Some voters could be known by their weight</Trans>}>
      <p>
        <Trans>
          Few share a region and a weight, so that the totals may tell how they voted. Give more
          voters one weight, or fewer regions. The roll can be used all the same: whoever opens the
          decision must then acknowledge it, and that is recorded publicly.
        </Trans>
      </p>
      {fewestAlike === null ? null : (
        <ul className="roll-reasons">
          {fewestAlike.slice(0, regionsShown).map(({ region, voters }) => {
            const count = formatInteger(i18n, voters);
            const name = nameOf(region);
            return (
              <li key={region}>
                {region === "" ? (
                  <Trans>fewest of one weight: {count}</Trans>
                ) : (
                  <Trans>
                    <bdi>{name}</bdi>, fewest of one weight: {count}
                  </Trans>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Notice>
  );
}
