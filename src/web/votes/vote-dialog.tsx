import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { ApiRegion } from "../contract.ts";
import { formatHash, formatInteger } from "../i18n/format.ts";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import type { VoteRow } from "./row-source.ts";
import { regionName } from "./vote-words.ts";
import type { VoteColumns } from "./vote-columns.ts";

export type VoteDialogProps = {
  row: VoteRow;
  regions: readonly ApiRegion[];
  columns: VoteColumns;
  onClose: () => void;
};

/** One vote, with all that is published of it. */
export function VoteDialog({ row, regions, columns, onClose }: VoteDialogProps) {
  const { i18n } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const number = formatInteger(i18n, row.number);
  return (
    <dialog ref={dialog} className="vote-dialog" aria-labelledby="vote-title" onClose={onClose}>
      <h2 id="vote-title">
        {row.name === null ? <Trans>Vote {number}</Trans> : <bdi>{row.name}</bdi>}
      </h2>
      {row.statement === null ? null : (
        <p className="votes-reasons" dir="auto">
          {row.statement}
        </p>
      )}
      <VoteFacts row={row} regions={regions} columns={columns} />
      {columns.hasNames ? null : (
        <p className="quiet-line">
          <Trans>Who cast it is not published. Its voter knows it by the receipt.</Trans>
        </p>
      )}
      <div className="actions">
        <CopyButton text={row.hash}>
          <Trans>Copy hash</Trans>
        </CopyButton>
        <button type="button" className="button quiet" onClick={() => dialog.current?.close()}>
          <Trans>Close</Trans>
        </button>
      </div>
    </dialog>
  );
}

function VoteFacts({ row, regions, columns }: Omit<VoteDialogProps, "onClose">) {
  const { i18n } = useLingui();
  return (
    <dl className="vote-facts">
      {row.choice === null ? null : (
        <div>
          <dt>
            <Trans>Vote</Trans>
          </dt>
          <dd className="votes-choice">
            <ChoiceMark choice={row.choice} />
            {choiceWord(i18n, row.choice)}
          </dd>
        </div>
      )}
      {columns.hasRegions ? (
        <div>
          <dt>
            <Trans>Region</Trans>
          </dt>
          <dd>
            {row.region === null ? (
              <Trans>Not shown: too few voters share region and weight</Trans>
            ) : (
              <bdi>{regionName(regions, row.region)}</bdi>
            )}
          </dd>
        </div>
      ) : null}
      {columns.hasWeights && row.weight !== null ? (
        <div>
          <dt>
            <Trans>Weight</Trans>
          </dt>
          <dd>{formatInteger(i18n, row.weight)}</dd>
        </div>
      ) : null}
      <div>
        <dt>
          <Trans>Ballot hash</Trans>
        </dt>
        <dd>
          <code>{formatHash(row.hash)}</code>
        </dd>
      </div>
    </dl>
  );
}
