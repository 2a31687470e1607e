import { Trans, useLingui } from "@lingui/react/macro";
import type { VerificationProgress } from "../../verification/read-list.ts";
import { formatInteger } from "../i18n/format.ts";
import { Announcer } from "../ui/announcer.tsx";

export type VerifyProgressProps = { progress: VerificationProgress | null; onCancel: () => void };

/** How far a verification is, and a way to end it. */
export function VerifyProgress({ progress, onCancel }: VerifyProgressProps) {
  const { i18n, t } = useLingui();
  const { phase = "documents", rows = 0, rowsOf = 0, bytes = 0 } = progress ?? {};
  const words = {
    documents: t`Reading outcome, terms and keys`,
    counted: t`Reading and checking the counted votes`,
    others: t`Reading the ballots that do not count`,
    counting: t`Counting`,
    rule: t`Applying the rule`,
  }[phase];
  const isList = phase === "counted" || phase === "others";
  const [done, all] = [formatInteger(i18n, rows), formatInteger(i18n, rowsOf)];
  const megabytes = formatInteger(i18n, Math.round(bytes / 1_000_000));
  return (
    <div className="verify-progress">
      <p>{words}</p>
      <progress max={Math.max(1, rowsOf)} {...(isList ? { value: rows } : {})} aria-label={words} />
      <p className="quiet-line">
        {isList ? (
          <Trans>
            {done} of {all} rows, {megabytes} MB
          </Trans>
        ) : (
          "\u00a0"
        )}
      </p>
      <button type="button" className="button" onClick={onCancel}>
        <Trans>Cancel</Trans>
      </button>
      <Announcer text={words} quietMs={0} />
    </div>
  );
}
