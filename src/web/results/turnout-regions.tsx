import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { memo, useState } from "react";
import type { ApiDecision, ApiRegion, TurnoutOnly } from "../contract.ts";
import { formatInteger, formatShare } from "../i18n/format.ts";
import type { HiddenTurnout } from "./hidden-words.ts";
import { useLiveResults } from "./use-live-results.ts";

type TurnoutRegionsProps = { regions: readonly ApiRegion[]; result: HiddenTurnout };

/** The rest is shown on demand, as in the table of counts. */
const rowsFirst = 20;

/** Who has voted in each region, where how they voted is hidden. */
export default function LiveTurnoutRegions({ decision }: { decision: ApiDecision }) {
  const { results } = useLiveResults(decision.id);
  if (results?.shows !== "turnout") return null;
  return <TurnoutRegions regions={decision.regions} result={results} />;
}

function TurnoutRegions({ regions, result }: TurnoutRegionsProps) {
  const nameOf = new Map(regions.map(({ code, name }) => [code, name || code]));
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? result.regions : result.regions.slice(0, rowsFirst);
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
          {shown.map((cell) => (
            <TurnoutRow
              key={cell.region}
              name={nameOf.get(cell.region) ?? cell.region}
              cell={cell}
              ofRoll={ofRoll}
            />
          ))}
        </tbody>
      </table>
      {shown.length < result.regions.length && (
        <button type="button" className="button" onClick={() => setIsWhole(true)}>
          <Plural value={result.regions.length} one="Show # region" other="Show all # regions" />
        </button>
      )}
    </section>
  );
}

type TurnoutRowProps = { name: string; cell: TurnoutOnly["regions"][number]; ofRoll: boolean };

/** Merging keeps the cells that did not change, so most rows have nothing to do. */
const TurnoutRow = memo(function TurnoutRow({ name, cell, ofRoll }: TurnoutRowProps) {
  const { i18n } = useLingui();
  const { electorate, turnout } = cell;
  const all = electorate?.voters ?? 0;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <bdi>{name}</bdi>
      </th>
      <td role="cell" className="count all">
        {formatInteger(i18n, turnout.voters)}
      </td>
      {ofRoll && (
        <>
          <td role="cell" className="count">
            {formatInteger(i18n, all)}
          </td>
          <td role="cell" className="count">
            {formatShare(i18n, BigInt(turnout.voters), BigInt(all))}
          </td>
        </>
      )}
    </tr>
  );
});
