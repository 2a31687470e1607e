import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useState, useSyncExternalStore, type KeyboardEvent } from "react";
import type { ApiRegion } from "../contract.ts";
import type { RowSource, VoteRow } from "./row-source.ts";
import { targetOfKey } from "./target-of-key.ts";
import { useRowHeight } from "./use-row-height.ts";
import { useScaledRows } from "./use-scaled-rows.ts";
import type { VoteColumns } from "./vote-columns.ts";
import { VoteGridRow } from "./vote-grid-row.tsx";

export type VotesGridProps = {
  label: string;
  source: RowSource;
  regions: readonly ApiRegion[];
  columns: VoteColumns;
  /** The row that keys move from, and that was found; null where there is none yet. */
  active: number | null;
  onActive: (index: number) => void;
  onOpen: (row: VoteRow) => void;
};

/** A list of any length: rows are drawn where they are in view, and fetched there. */
export function VotesGrid(props: VotesGridProps) {
  const { label, source, regions, columns, active, onActive, onOpen } = props;
  const id = useId();
  const { t } = useLingui();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { rowHeight, headHeight } = useRowHeight();
  const { items, height, visible, scrollToRow } = useScaledRows({
    scroller,
    rows: source.size,
    rowHeight,
    headHeight,
  });
  useSyncExternalStore(source.subscribe, () => source.revision);
  const { from, to } = visible;
  useEffect(() => source.want(from, to), [source, from, to]);
  useEffect(() => {
    // React draws nothing at once while it runs effects.
    if (active !== null) queueMicrotask(() => scrollToRow(active));
  }, [active, scrollToRow]);

  const move = (event: KeyboardEvent): void => {
    if (event.key === "Enter" || event.key === " ") {
      const row = active === null ? null : source.row(active);
      if (row !== null) onOpen(row);
      event.preventDefault();
      return;
    }
    const target = targetOfKey(event, {
      active: active ?? from - 1,
      rows: source.size,
      page: to - from - 1,
    });
    if (target === null) return;
    event.preventDefault();
    onActive(target);
  };
  const isDrawn = items.some(({ index }) => index === active);
  return (
    <>
      <div
        ref={setScroller}
        role="grid"
        tabIndex={0}
        className="votes-grid"
        data-regions={columns.hasRegions}
        data-weights={columns.hasWeights}
        aria-label={label}
        aria-rowcount={source.size + 1}
        aria-activedescendant={isDrawn ? `${id}-${active}` : undefined}
        aria-describedby={`${id}-keys`}
        onKeyDown={move}
      >
        <GridHead columns={columns} />
        <div role="rowgroup" className="votes-rows" style={{ height }}>
          {items.map(({ index, top }) => (
            <VoteGridRow
              key={index}
              id={`${id}-${index}`}
              index={index}
              top={top}
              height={rowHeight}
              row={source.row(index)}
              isActive={index === active}
              regions={regions}
              columns={columns}
              onActive={onActive}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
      <p id={`${id}-keys`} className="quiet-line votes-foot">
        <Plural value={source.size} one="# vote." other="# votes." />{" "}
        <Trans>Arrows, Page up and down, Home and End move; Enter shows a vote whole.</Trans>
      </p>
      {source.failure === null ? null : (
        <p role="alert" className="votes-failure">
          <Trans>These votes could not be read.</Trans>{" "}
          <button type="button" className="button quiet" onClick={() => source.retry()}>
            {t`Try again`}
          </button>
        </p>
      )}
    </>
  );
}

function GridHead({ columns }: { columns: VoteColumns }) {
  return (
    <div role="row" aria-rowindex={1} className="votes-row votes-head">
      <span role="columnheader" className="votes-number">
        <Trans>Number</Trans>
      </span>
      <span role="columnheader" className="votes-hash">
        {columns.hasNames ? <Trans>Voter</Trans> : <Trans>Hash</Trans>}
      </span>
      {columns.hasChoices ? (
        <span role="columnheader" className="votes-choice">
          <Trans>Vote</Trans>
        </span>
      ) : null}
      {columns.hasRegions ? (
        <span role="columnheader" className="votes-region">
          <Trans>Region</Trans>
        </span>
      ) : null}
      {columns.hasWeights ? (
        <span role="columnheader" className="votes-weight">
          <Trans>Weight</Trans>
        </span>
      ) : null}
    </div>
  );
}
