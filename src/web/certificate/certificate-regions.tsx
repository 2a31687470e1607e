import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision, ApiOutcome } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { choiceWord } from "../results/choice-words.ts";
import { countsOf, shownChoices } from "../results/tally-bars.ts";

export type CertificateRegionsProps = { decision: ApiDecision; outcome: ApiOutcome };

/** With names of two lines they leave the certificate on two sheets of Letter; the largest are shown. */
const regionsPrinted = 40;

/** Votes by region, in the measure of the rule. */
export function CertificateRegions({ decision, outcome }: CertificateRegionsProps) {
  const { t } = useLingui();
  const measure = decision.measure.by === "weight" ? "weight" : "ballots";
  const named = outcome.tally.regions.filter(({ region }) => region !== "");
  if (decision.regions.length === 0) return null;
  const names = new Map(decision.regions.map(({ code, name }) => [code, name]));
  const largestFirst = named
    .map((tally) => ({ code: tally.region, counts: countsOf(tally, measure) }))
    .toSorted((a, b) => compare(b.counts.all, a.counts.all));
  const shown = largestFirst.slice(0, regionsPrinted);
  const cut = named.length - shown.length;
  const secret = decision.regions.length - named.length;
  const columns = shown.length > regionsPrinted / 4 ? halves(shown) : [shown];
  return (
    <section aria-labelledby="regions-title">
      <h2 id="regions-title">
        {measure === "weight" ? <Trans>Weight by region</Trans> : <Trans>Ballots by region</Trans>}
      </h2>
      {shown.length === 0 ? null : (
        <div className="certificate-regions">
          {columns.map((rows) => (
            <RegionCounts key={rows[0]?.code} rows={rows} names={names} />
          ))}
        </div>
      )}
      {cut > 0 && (
        <p>
          {t`${plural(cut, {
            one: "The figures of # smaller region are in the signed outcome.",
            other: "The figures of # smaller regions are in the signed outcome.",
          })}`}
        </p>
      )}
      {secret > 0 && (
        <p>
          {t`${plural(secret, {
            one: "The figures of # region are shown to nobody: they would tell how single voters voted.",
            other:
              "The figures of # regions are shown to nobody: they would tell how single voters voted.",
          })}`}
        </p>
      )}
    </section>
  );
}

type Row = { code: string; counts: ReturnType<typeof countsOf> };

function RegionCounts({ rows, names }: { rows: Row[]; names: ReadonlyMap<string, string> }) {
  const { i18n } = useLingui();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Region</Trans>
          </th>
          {shownChoices.map((choice) => (
            <th scope="col" key={choice}>
              {choiceWord(i18n, choice)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, counts }) => (
          <tr key={code}>
            <th scope="row" dir="auto">
              {names.get(code) ?? code}
            </th>
            {shownChoices.map((choice) => (
              <td key={choice}>{formatInteger(i18n, counts[choice])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function halves(rows: Row[]): Row[][] {
  const half = Math.ceil(rows.length / 2);
  return [rows.slice(0, half), rows.slice(half)];
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
