import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision, ApiOutcome } from "../contract.ts";
import { formatInteger, formatShare } from "../i18n/format.ts";
import { choiceWord } from "../results/choice-words.ts";
import { isWeighted } from "../results/measure.ts";
import { countsOf, shownChoices } from "../results/tally-bars.ts";

export type CertificateCountsProps = { decision: ApiDecision; outcome: ApiOutcome };

/** All counted votes, by heads and where ballots weigh differently by weight. */
export function CertificateCounts({ decision, outcome }: CertificateCountsProps) {
  const { i18n } = useLingui();
  const { tally, electorate } = outcome;
  const measures = isWeighted(decision) ? (["ballots", "weight"] as const) : (["ballots"] as const);
  const columns = measures.map((measure) => ({ measure, counts: countsOf(tally.total, measure) }));
  return (
    <section className="certificate-counts" aria-labelledby="counts-title">
      <h2 id="counts-title">
        <Trans>Counted votes</Trans>
      </h2>
      <table>
        <thead>
          <tr>
            <td />
            {measures.map((measure) => (
              <MeasureHeads key={measure} measure={measure} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shownChoices.map((choice) => (
            <tr key={choice}>
              <th scope="row">{choiceWord(i18n, choice)}</th>
              {columns.map(({ measure, counts }) => [
                <td key={measure}>{formatInteger(i18n, counts[choice])}</td>,
                <td key={`${measure} share`}>{formatShare(i18n, counts[choice], counts.all)}</td>,
              ])}
            </tr>
          ))}
          <tr className="certificate-sum">
            <th scope="row">
              <Trans>All</Trans>
            </th>
            {columns.map(({ measure, counts }) => [
              <td key={measure}>{formatInteger(i18n, counts.all)}</td>,
              <td key={`${measure} share`}>{formatShare(i18n, counts.all, counts.all)}</td>,
            ])}
          </tr>
        </tbody>
      </table>
      {electorate === null ? null : (
        <p>
          <Trans>
            Entitled to vote: {formatInteger(i18n, electorate.voters)}. Turnout:{" "}
            {formatShare(i18n, BigInt(tally.total.ballots), BigInt(electorate.voters))}.
          </Trans>
        </p>
      )}
    </section>
  );
}

function MeasureHeads({ measure }: { measure: "ballots" | "weight" }) {
  return (
    <>
      <th scope="col">{measure === "ballots" ? <Trans>Ballots</Trans> : <Trans>Weight</Trans>}</th>
      <th scope="col">
        {measure === "ballots" ? <Trans>of all ballots</Trans> : <Trans>of all weight</Trans>}
      </th>
    </>
  );
}
