import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { ApiDecisionStatus } from "../contract.ts";

/** What each status is called. */
export const statusWords: Record<ApiDecisionStatus, MessageDescriptor> = {
  draft: msg`Draft`,
  scheduled: msg`Scheduled`,
  open: msg`Open`,
  closing: msg`Closing`,
  closed: msg`Closed`,
  certified: msg`Certified`,
  cancelled: msg`Cancelled`,
};

/** A status as a small mark and a word; the marks differ in shape. */
export function StatusBadge({ status }: { status: ApiDecisionStatus }) {
  const { i18n } = useLingui();
  return (
    <span className="status" data-status={status}>
      {i18n._(statusWords[status])}
    </span>
  );
}
