import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { formatInteger } from "../i18n/format.ts";
import type { WholeListState } from "./use-whole-list.ts";

export type WholeListPanelProps = {
  whole: WholeListState;
  size: number;
  pages: number;
};

/** A list of this many pages is some megabytes: it is read without asking. */
const pagesUnasked = 40;
const megabytesAPage = 0.26;

/** Asks before a long list is read whole, and says how far that is. */
export function WholeListPanel({ whole, size, pages }: WholeListPanelProps) {
  const { i18n } = useLingui();
  const { phase, isWanted, read, cancel, progress } = whole;
  const isSmall = pages <= pagesUnasked;
  useEffect(() => {
    if (isWanted && phase === "unread" && isSmall) read();
  }, [isWanted, phase, isSmall, read]);
  if (!isWanted || phase === "ready") return null;
  const all = formatInteger(i18n, size);
  const megabytes = formatInteger(i18n, Math.ceil(pages * megabytesAPage));
  if (phase === "reading") {
    const rows = formatInteger(i18n, progress?.rows ?? 0);
    return (
      <div className="votes-whole" role="status">
        <p>
          <Trans>
            Reading all votes: {rows} of {all}
          </Trans>
        </p>
        <progress max={size} value={progress?.rows ?? 0} aria-hidden="true" />
        <button type="button" className="button quiet" onClick={cancel}>
          <Trans>Cancel</Trans>
        </button>
      </div>
    );
  }
  return (
    <div className="votes-whole" role="status">
      <p>
        {phase === "failed" ? (
          <Trans>The votes could not be read whole.</Trans>
        ) : (
          <Trans>
            To filter, this browser reads all {all} votes, about {megabytes} MB.
          </Trans>
        )}
      </p>
      <button type="button" className="button quiet" onClick={read}>
        {phase === "failed" ? <Trans>Try again</Trans> : <Trans>Read all votes</Trans>}
      </button>
    </div>
  );
}
