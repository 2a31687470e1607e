import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger } from "../../i18n/format.ts";
import type { RegionSum, VoterSum } from "./check/roll-checker.ts";

export type RegionSumsProps = {
  decision: Pick<ApiDecision, "regions">;
  sums: VoterSum & { regions: readonly RegionSum[] };
  caption: ReactNode;
  /** The roll that it would replace. */
  before?: (VoterSum & { regions: readonly RegionSum[] }) | null;
};

/** Voters and weight, by region where there are any; with what there was before beside it. */
export function RegionSums({ decision, sums, caption, before = null }: RegionSumsProps) {
  const { i18n } = useLingui();
  const nameOf = (code: string) =>
    decision.regions.find((region) => region.code === code)?.name ?? code;
  const known = new Map(before?.regions.map((each) => [each.region, each]));
  const counted = new Map(sums.regions.map((each) => [each.region, each]));
  // A roll tells of no region that has nobody.
  const rows = decision.regions.map(
    ({ code }) => counted.get(code) ?? { region: code, voters: 0, weight: "0" },
  );
  return (
    <div className="roll-table" role="group">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Region</Trans>
            </th>
            <th scope="col">
              <Trans>Voters</Trans>
            </th>
            <th scope="col">
              <Trans>Weight</Trans>
            </th>
            {before === null ? null : (
              <th scope="col">
                <Trans>Voters now in force</Trans>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ region, voters, weight }) => (
            <tr key={region}>
              <th scope="row" dir="auto">
                {nameOf(region)}
              </th>
              <td>{formatInteger(i18n, voters)}</td>
              <td>{formatInteger(i18n, BigInt(weight))}</td>
              {before === null ? null : (
                <td>{formatInteger(i18n, known.get(region)?.voters ?? 0)}</td>
              )}
            </tr>
          ))}
          <tr className="roll-total">
            <th scope="row">
              <Trans>All together</Trans>
            </th>
            <td>{formatInteger(i18n, sums.voters)}</td>
            <td>{formatInteger(i18n, BigInt(sums.weight))}</td>
            {before === null ? null : <td>{formatInteger(i18n, before.voters)}</td>}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
