import { Plural, Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { ApiDecision } from "../../contract.ts";
import { saveFile } from "../../exports/save-file.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { LettersPanel } from "./letters-panel.tsx";
import { mailMergeText } from "./links-table.ts";
import type { Invitation } from "./use-invitation.ts";

export interface HandOutProps {
  decision: ApiDecision;
  invitation: Invitation;
  onStartAnew: () => void;
}

/** The links that are issued: as a file for a mail merge, and as letters. */
export function HandOut({ decision, invitation, onStartAnew }: HandOutProps) {
  const { table, checked, issuing, columns } = invitation;
  if (table === null || checked === null || issuing === null || columns === null) return null;
  const { links } = issuing;
  const save = (): void => {
    const text = mailMergeText({ table, rows: checked.rows, links });
    saveFile(`${decision.id}-ballot-links.csv`, new Blob([text], { type: "text/csv" }));
  };
  return (
    <section className="invitation-step" aria-labelledby="hand-out-title">
      <h2 id="hand-out-title">
        <Trans>Get them to the voters</Trans>
      </h2>
      <p className="warning-line">
        <Trans>
          These links are in this tab alone. Once it is closed or loaded again they are gone, and
          can only be issued anew.
        </Trans>
      </p>
      <h3>
        <Trans>By mail merge</Trans>
      </h3>
      <p>
        <Trans>
          Your own file with one column more, ballot_link. Delete it once the mails are sent: who
          has it can vote for everybody in it.
        </Trans>
      </p>
      <button type="button" className="button" onClick={save}>
        <Plural value={links.length} one="Save # link as CSV" other="Save # links as CSV" />
      </button>
      <h3>
        <Trans>By letter</Trans>
      </h3>
      <LettersPanel decision={decision} parts={{ table, checked, links, columns }} />
      {issuing.state === "done" ? <StartAnew onStartAnew={onStartAnew} /> : null}
    </section>
  );
}

function StartAnew({ onStartAnew }: { onStartAnew: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setIsAsking(true)}>
        <Trans>Put these links away …</Trans>
      </button>
      {isAsking ? (
        <ConsequenceDialog
          title={<Trans>Put these links away?</Trans>}
          action={<Trans>Put them away</Trans>}
          isPending={false}
          refusal={null}
          onAct={onStartAnew}
          onClose={() => setIsAsking(false)}
        >
          <p>
            <Trans>
              They stay good for the voters who have them. This page forgets them: what you have not
              saved or printed is gone. Then you can choose another file.
            </Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </>
  );
}
