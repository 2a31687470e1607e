import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { votesHeadQuery, votesInPage } from "../api/vote-queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ApiDecision } from "../contract.ts";
import { ReadFailure } from "../ui/read-failure.tsx";
import { Announcer } from "../ui/announcer.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FindForm } from "./find-form.tsx";
import { LocalRows } from "./local-rows.ts";
import { rowOf } from "./page-shelf.ts";
import type { VoteRow } from "./row-source.ts";
import { useFindVote } from "./use-find-vote.ts";
import { useVoteList } from "./use-vote-list.ts";
import { voteColumnsOf } from "./vote-columns.ts";
import { VoteDialog } from "./vote-dialog.tsx";
import { VotesGrid } from "./votes-grid.tsx";
import { VotesTable } from "./votes-table.tsx";
import { WholeListFaultNotice } from "./whole-list-fault-notice.tsx";
import { WholeListPanel } from "./whole-list-panel.tsx";

/** The counted votes of a certified decision. */
export function PublishedVotes({ decision }: { decision: ApiDecision }) {
  const { t } = useLingui();
  const { data: head, error, refetch } = useQuery(votesHeadQuery(useReadApi(), decision.id));
  const [opened, setOpened] = useState<VoteRow | null>(null);
  const list = useVoteList(decision, head);
  const { source, filter, setFilter, whole } = list;
  const columns = voteColumnsOf(decision);
  const find = useFindVote({ id: decision.id, hasNames: columns.hasNames, list });
  if (head === undefined)
    return error === null ? null : <ReadFailure error={error} onRetry={refetch} />;
  const label = t`Counted votes`;
  const { regions } = decision;
  // So many rows stand on the page as they are, with all that voters gave as reasons.
  const isTable = head.size <= votesInPage.whole;
  const first = list.local ?? head.items.map((item, index) => rowOf(item, index + 1));
  const given = source instanceof LocalRows ? source.rows : first;
  const table = { label, regions, columns };
  return (
    <section className="votes" aria-label={label}>
      <div className="votes-tools">
        <FindForm
          hasNames={columns.hasNames}
          message={find.message}
          isBusy={find.isBusy}
          onFind={find.find}
        />
        {columns.hasChoices ? (
          <FilterBar
            filter={filter}
            regions={columns.hasRegions ? regions : []}
            onFilter={(next) => {
              find.forget();
              setFilter(next);
            }}
          />
        ) : null}
      </div>
      <WholeListFaultNotice fault={whole.fault} decisionId={decision.id} />
      <WholeListPanel whole={whole} size={head.size} pages={head.pages} />
      <Announcer text={list.announcement} quietMs={0} />
      {isTable ? (
        <VotesTable {...table} rows={given} found={find.active} onOpen={setOpened} />
      ) : source === null ? (
        <div className="votes-grid" tabIndex={0}>
          <VotesTable {...table} rows={first.slice(0, votesInPage.beginning)} />
        </div>
      ) : (
        <VotesGrid
          key={list.key}
          {...table}
          source={source}
          active={find.active}
          onActive={find.setActive}
          onOpen={setOpened}
        />
      )}
      {opened === null ? null : (
        <VoteDialog
          row={opened}
          regions={regions}
          columns={columns}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  );
}
