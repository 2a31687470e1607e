import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useParams } from "wouter";
import { Notice } from "../../ui/notice.tsx";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { refusalWords, type RefusalWords } from "./refusal-words.ts";

export interface RefusalNoticeProps {
  error: unknown;
  /** Does it once more; absent where that is a button elsewhere. */
  onRetry?: () => unknown;
}

/** What was refused, in a sentence, and the way on. */
export function RefusalNotice({ error, onRetry }: RefusalNoticeProps) {
  const { i18n } = useLingui();
  const { title, text, goTo } = refusalWords(i18n, error);
  return (
    <Notice title={title} isProblem>
      <p>{text}</p>
      {goTo === null ? null : <WayOn goTo={goTo} />}
      {onRetry === undefined ? null : (
        <button type="button" className="button" onClick={() => onRetry()}>
          <Trans>Try again</Trans>
        </button>
      )}
    </Notice>
  );
}

function WayOn({ goTo }: { goTo: NonNullable<RefusalWords["goTo"]> }) {
  const { id = "" } = useParams();
  if (goTo === "terms") {
    return (
      <Link href={organisedDecisionAddress(id)}>
        <Trans>To the terms</Trans>
      </Link>
    );
  }
  return (
    <Link href={organisedDecisionAddress(id, goTo)}>
      {goTo === "roll" ? <Trans>To the roll</Trans> : null}
      {goTo === "running" ? <Trans>To opening and closing</Trans> : null}
      {goTo === "records" ? <Trans>To the records</Trans> : null}
    </Link>
  );
}
