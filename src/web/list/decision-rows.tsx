import { Trans } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Link } from "wouter";
import { listAddress } from "../app/addresses.ts";
import type { DecisionPage } from "../contract.ts";
import { DecisionListItem } from "./decision-list-item.tsx";
import { EmptyList } from "./empty-list.tsx";
import { GrowingRows } from "./growing-rows.tsx";
import type { WantedList } from "./wanted-list.ts";

export type DecisionRowsProps = {
  list: UseInfiniteQueryResult<InfiniteData<DecisionPage>>;
  wanted: WantedList;
};

/** The decisions of a list, as far as it was read. */
export function DecisionRows({ list, wanted: { status, after } }: DecisionRowsProps) {
  const decisions = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <GrowingRows
      list={list}
      renderRow={(decision) => <DecisionListItem key={decision.id} decision={decision} />}
      addressAfter={(next) => listAddress({ status, after: next })}
    >
      {decisions.length === 0 ? <EmptyList status={status} /> : null}
      {decisions.some(({ result }) => result?.final === false) ? (
        <p className="quiet-line">
          <Trans>
            Figures of open decisions are up to a minute old here; a decision’s own page is live.
          </Trans>
        </p>
      ) : null}
      {after === null ? null : (
        <Link href={listAddress({ status })}>
          <Trans>From the newest on</Trans>
        </Link>
      )}
    </GrowingRows>
  );
}
