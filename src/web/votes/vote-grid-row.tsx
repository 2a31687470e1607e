import { Trans, useLingui } from "@lingui/react/macro";
import { memo } from "react";
import type { ApiRegion } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";
import type { VoteRow } from "./row-source.ts";
import { regionName, shortHash } from "./vote-words.ts";
import type { VoteColumns } from "./vote-columns.ts";

export type VoteGridRowProps = {
  id: string;
  index: number;
  /** In CSS pixels, as `height` is. */
  top: number;
  height: number;
  /** Null until it is there. */
  row: VoteRow | null;
  isActive: boolean;
  regions: readonly ApiRegion[];
  columns: VoteColumns;
  onActive: (index: number) => void;
  onOpen: (row: VoteRow) => void;
};

/** A row where it is in view. */
export const VoteGridRow = memo(function VoteGridRow(props: VoteGridRowProps) {
  const { id, index, top, height, row, isActive, columns } = props;
  const { i18n } = useLingui();
  const open = (): void => {
    props.onActive(index);
    if (row !== null) props.onOpen(row);
  };
  return (
    // The grid has the keys of all its rows.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isActive}
      aria-busy={row === null}
      className="votes-row"
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={open}
    >
      <span role="gridcell" className="votes-number">
        {formatInteger(i18n, row?.number ?? index + 1)}
      </span>
      <span role="gridcell" className="votes-hash">
        {row === null ? "…" : <VoteTitle row={row} columns={columns} />}
      </span>
      {columns.hasChoices ? (
        <span role="gridcell" className="votes-choice">
          {row?.choice == null ? null : (
            <>
              <ChoiceMark choice={row.choice} />
              {choiceWord(i18n, row.choice)}
            </>
          )}
        </span>
      ) : null}
      {columns.hasRegions ? (
        <span role="gridcell" className="votes-region">
          {row === null ? null : <RegionCell {...props} code={row.region} />}
        </span>
      ) : null}
      {columns.hasWeights ? (
        <span role="gridcell" className="votes-weight">
          {row?.weight == null ? (row === null ? null : "–") : formatInteger(i18n, row.weight)}
        </span>
      ) : null}
    </div>
  );
});

function VoteTitle({ row, columns }: { row: VoteRow; columns: VoteColumns }) {
  if (!columns.hasNames) return <code>{row.hash}</code>;
  return (
    <>
      {row.name === null ? <code>{shortHash(row.hash)}</code> : <bdi>{row.name}</bdi>}
      {row.statement === null ? null : (
        <span className="votes-reasons" dir="auto">
          {row.statement}
        </span>
      )}
    </>
  );
}

function RegionCell({
  regions,
  code,
}: Pick<VoteGridRowProps, "regions"> & { code: string | null }) {
  if (code !== null) return <bdi>{regionName(regions, code)}</bdi>;
  return (
    <span className="votes-hidden">
      <Trans>Not shown</Trans>
    </span>
  );
}
