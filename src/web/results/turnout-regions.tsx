import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiRegion, Voted } from "../contract.ts";
import { formatInteger, formatShare } from "../i18n/format.ts";
import type { HiddenTurnout } from "./hidden-words.ts";

export type TurnoutRegionsProps = { regions: readonly ApiRegion[]; result: HiddenTurnout };

/** Who has voted in each region, where how they voted is hidden. */
export function TurnoutRegions({ regions, result }: TurnoutRegionsProps) {
  const { i18n } = useLingui();
  const nameOf = new Map(regions.map(({ code, name }) => [code, name || code]));
  const ofRoll = result.electorate !== undefined;
  return (
    <section className="regions turnout-regions" aria-labelledby="regions-title">
      <h2 id="regions-title">
        <Trans>By region</Trans>
      </h2>
      <table role="table" aria-labelledby="regions-title">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              <Trans>Region</Trans>
            </th>
            <th role="columnheader" scope="col" className="count">
              <Trans>Have voted</Trans>
            </th>
            {ofRoll && (
              <>
                <th role="columnheader" scope="col" className="count">
                  <Trans>Of voters</Trans>
                </th>
                <th role="columnheader" scope="col" className="count">
                  <Trans>Turnout</Trans>
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {result.regions.map(({ region, ...voted }) => (
            <tr key={region} role="row">
              <th role="rowheader" scope="row">
                <bdi>{nameOf.get(region) ?? region}</bdi>
              </th>
              <td role="cell" className="count all">
                {formatInteger(i18n, voted.turnout?.voters ?? 0)}
              </td>
              {ofRoll && <RollCells voted={voted} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RollCells({ voted: { electorate, turnout } }: { voted: Voted }) {
  const { i18n } = useLingui();
  const [part, all] = [turnout?.voters ?? 0, electorate?.voters ?? 0];
  return (
    <>
      <td role="cell" className="count">
        {formatInteger(i18n, all)}
      </td>
      <td role="cell" className="count">
        {formatShare(i18n, BigInt(part), BigInt(all))}
      </td>
    </>
  );
}
