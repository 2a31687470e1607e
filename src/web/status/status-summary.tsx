import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiStatus } from "../contract.ts";
import { Moment } from "../ui/moment.tsx";
import { StateMark } from "./state-mark.tsx";
import { serviceStateWords } from "./state-words.ts";

/** How the whole does, in a shape, a word and a sentence. */
export function StatusSummary({ status }: { status: ApiStatus }) {
  const { i18n } = useLingui();
  const { state, oldest_check_at: oldestAt } = status;
  const { title, text } = serviceStateWords[state];
  return (
    <div className="status-summary" data-state={state} role="status">
      <p className="status-summary-title">
        <StateMark state={state} />
        {i18n._(title)}
      </p>
      <p>{i18n._(text)}</p>
      {oldestAt !== null && (
        <p className="quiet-line">
          <Trans>
            Every decision under way was last checked at <Moment iso={oldestAt} show="clock" /> or
            later.
          </Trans>
        </p>
      )}
    </div>
  );
}
