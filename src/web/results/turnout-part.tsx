import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { turnoutQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ApiDecision } from "../contract.ts";
import { saveTurnout } from "../exports/save-turnout.ts";
import { formatInteger } from "../i18n/format.ts";
import { Moment } from "../ui/moment.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { SaveButtons } from "./save-buttons.tsx";
import { TurnoutChart } from "./turnout-chart.tsx";

/** Turnout over time as a picture and a table. */
export default function TurnoutPart({ decision }: { decision: ApiDecision }) {
  const { i18n, t } = useLingui();
  const { data: series, error, refetch } = useQuery(turnoutQuery(useReadApi(), decision.id));
  if (series === undefined)
    return error === null ? null : <ReadFailure error={error} onRetry={refetch} />;
  return (
    <div className="turnout-part">
      <TurnoutChart series={series} opensAt={decision.opens_at} />
      {series.points.length > 0 && (
        <>
          {/* What scrolls can be scrolled by keys. */}
          <div className="turnout-points" tabIndex={0} role="group" aria-label={t`Turnout by time`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">
                    <Trans>Time</Trans>
                  </th>
                  <th scope="col" className="count">
                    <Trans>Have voted</Trans>
                  </th>
                </tr>
              </thead>
              <tbody>
                {series.points.toReversed().map(({ at, voters }) => (
                  <tr key={at}>
                    <th scope="row">
                      <Moment iso={at} />
                    </th>
                    <td className="count">{formatInteger(i18n, voters)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <SaveButtons
            forms={["svg", "png", "csv"]}
            onSave={(form) => saveTurnout(i18n, { decision, series }, form)}
          />
        </>
      )}
    </div>
  );
}
