import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import type { Consensus, ConsensusPart } from "../../verification/calculate-consensus.ts";
import type { ApiRegion } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { choiceWord } from "../results/choice-words.ts";
import { regionName } from "../votes/vote-words.ts";
import { formatFraction } from "./format-fraction.ts";

export type RecountTableProps = {
  consensus: Consensus;
  regions: readonly ApiRegion[];
  /** Whether voters have weights of their own: then these are counted, not heads. */
  isWeighted: boolean;
};

const rowsAtOnce = 50;
const choices = ["yes", "no", "abstain"] as const;

/** The count that this browser made, whole and by region, and how far voters agree. */
export function RecountTable({ consensus, regions, isWeighted }: RecountTableProps) {
  const { i18n } = useLingui();
  const [shown, setShown] = useState(rowsAtOnce);
  const parts = [...consensus.regions].filter(([code]) => code !== "");
  const rest = parts.length - shown;
  return (
    <section>
      <h2 id="recount">
        <Trans>The count</Trans>
      </h2>
      <p className="quiet-line">
        {isWeighted ? (
          <Trans>Weights, as this browser has added them up.</Trans>
        ) : (
          <Trans>Votes, as this browser has counted them.</Trans>
        )}{" "}
        <Trans>
          Support is yes of yes and no. Agreement is 100% where all vote alike, and 0% where yes, no
          and abstentions are equal.
        </Trans>
      </p>
      <div className="recount-scroll" role="region" aria-labelledby="recount" tabIndex={0}>
        <table className="recount">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Region</Trans>
              </th>
              {choices.map((choice) => (
                <th key={choice} scope="col">
                  {choiceWord(i18n, choice)}
                </th>
              ))}
              <th scope="col">
                <Trans>Support</Trans>
              </th>
              <th scope="col">
                <Trans>Agreement</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            <PartRow name={<Trans>Whole</Trans>} part={consensus.whole} isWeighted={isWeighted} />
            {parts.slice(0, shown).map(([code, part]) => (
              <PartRow
                key={code}
                name={<bdi>{regionName(regions, code)}</bdi>}
                part={part}
                isWeighted={isWeighted}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rest <= 0 ? null : (
        <button type="button" className="button quiet" onClick={() => setShown(shown + rowsAtOnce)}>
          <Trans>Show more regions</Trans>
        </button>
      )}
    </section>
  );
}

type PartRowProps = { name: ReactNode; part: ConsensusPart; isWeighted: boolean };

function PartRow({ name, part, isWeighted }: PartRowProps) {
  const { i18n } = useLingui();
  return (
    <tr>
      <th scope="row">{name}</th>
      {choices.map((choice) => (
        <td key={choice}>
          {formatInteger(i18n, part.tally[choice][isWeighted ? "weight" : "ballots"])}
        </td>
      ))}
      <td>{formatFraction(i18n, part.support)}</td>
      <td>{formatFraction(i18n, part.agreement)}</td>
    </tr>
  );
}
