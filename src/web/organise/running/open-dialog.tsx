import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ApiDecision } from "../../contract.ts";
import { Moment } from "../../ui/moment.tsx";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";

export interface StepDialogProps {
  decision: ApiDecision;
  isPending: boolean;
  refusal: ReactNode;
  onAct: () => void;
  onClose: () => void;
}

/** What opening will do, before it does. */
export function OpenDialog({ decision, ...rest }: StepDialogProps) {
  const { opens_at: opensAt, closes_at: closesAt } = decision;
  const isLater = opensAt !== null && Date.parse(opensAt) > Date.now();
  return (
    <ConsequenceDialog
      {...rest}
      title={<Trans>Open this vote for good?</Trans>}
      action={isLater ? <Trans>Freeze it now</Trans> : <Trans>Open it now</Trans>}
    >
      <ul className="consequences">
        <li>
          <Trans>
            Question, rule, roll, regions and all other terms are frozen. To change one you would
            have to cancel, and draft anew.
          </Trans>
        </li>
        <li>
          <Trans>The decision is public from now on, and stays so, even if it is cancelled.</Trans>
        </li>
        <li>
          {isLater ? (
            <Trans>
              Voting begins by itself at <Moment iso={opensAt} />.
            </Trans>
          ) : (
            <Trans>Voting begins at once: every link that is out works from now on.</Trans>
          )}
        </li>
        <li>
          {closesAt === null ? (
            <Trans>Voting ends when you close it.</Trans>
          ) : (
            <Trans>
              Voting ends by itself at <Moment iso={closesAt} />.
            </Trans>
          )}
        </li>
        <li>
          <Trans>
            What you do from now on is recorded publicly: links, keys, closing, cancelling.
          </Trans>
        </li>
      </ul>
    </ConsequenceDialog>
  );
}
