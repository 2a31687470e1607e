import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { ApiRegion } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";
import type { VoteRow } from "./row-source.ts";
import { regionName, shortHash } from "./vote-words.ts";
import type { VoteColumns } from "./vote-columns.ts";

export type VotesTableProps = {
  label: string;
  rows: readonly VoteRow[];
  regions: readonly ApiRegion[];
  columns: VoteColumns;
  /** The index of the row that was found. */
  found?: number | null;
  onOpen?: (row: VoteRow) => void;
};

/** All rows at once, with the reasons that voters gave. */
export function VotesTable({ label, rows, regions, columns, found, onOpen }: VotesTableProps) {
  const { i18n } = useLingui();
  const foundRow = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    // Braces: newer browsers return a promise, and an effect may not return one.
    foundRow.current?.scrollIntoView({ block: "center" });
  }, [found]);
  return (
    <table className="votes-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{columns.hasNames ? <Trans>Voter</Trans> : <Trans>Hash</Trans>}</th>
          {columns.hasChoices ? (
            <th scope="col">
              <Trans>Vote</Trans>
            </th>
          ) : null}
          {columns.hasWeights ? (
            <th scope="col" className="figure">
              <Trans>Weight</Trans>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.hash} {...(index === found ? { ref: foundRow, className: "is-found" } : {})}>
            <th scope="row">
              <VoterName row={row} onOpen={onOpen} />
              {row.region === null || row.region === "" ? null : (
                <p className="votes-region">
                  <bdi>{regionName(regions, row.region)}</bdi>
                </p>
              )}
              {row.statement === null ? null : (
                <p className="votes-reasons" dir="auto">
                  {row.statement}
                </p>
              )}
            </th>
            {columns.hasChoices ? (
              <td className="votes-choice">
                {row.choice === null ? null : (
                  <>
                    <ChoiceMark choice={row.choice} />
                    {choiceWord(i18n, row.choice)}
                  </>
                )}
              </td>
            ) : null}
            {columns.hasWeights ? (
              <td className="figure">
                {row.weight === null ? "–" : formatInteger(i18n, row.weight)}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type VoterNameProps = { row: VoteRow; onOpen: VotesTableProps["onOpen"] };

function VoterName({ row, onOpen }: VoterNameProps) {
  const name = row.name === null ? <code>{shortHash(row.hash)}</code> : <bdi>{row.name}</bdi>;
  if (onOpen === undefined) return name;
  return (
    <button type="button" className="votes-open" onClick={() => onOpen(row)}>
      {name}
    </button>
  );
}
