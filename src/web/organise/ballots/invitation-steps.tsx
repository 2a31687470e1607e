import { Plural, Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { ApiDecision } from "../../contract.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { RefusalNotice } from "../running/refusal-notice.tsx";
import { CheckResult } from "./check-result.tsx";
import { ColumnsForm } from "./columns-form.tsx";
import { HandOut } from "./hand-out.tsx";
import { useInvitation } from "./use-invitation.ts";
import { VotersDrop } from "./voters-drop.tsx";

/** From a file of voters to links in their hands, a step after the other. */
export function InvitationSteps({ decision }: { decision: ApiDecision }) {
  const { invitation, actions } = useInvitation(decision);
  const { table, columns, checked, issuing, checking, checkError } = invitation;
  const isIssued = issuing !== null;
  return (
    <>
      <section className="invitation-step" aria-labelledby="file-title">
        <h2 id="file-title">
          <Trans>Your file of voters</Trans>
        </h2>
        {isIssued ? (
          <p>{invitation.fileName}</p>
        ) : (
          <>
            <p>
              <Trans>
                The list of who gets a link, with whatever your letters need: names, addresses,
                languages. It may be the file of the roll. It stays in this browser: only the
                numbers or names that the roll knows voters by are sent.
              </Trans>
            </p>
            <VotersDrop {...invitation} onFile={(file) => void actions.chooseFile(file)} />
          </>
        )}
      </section>
      {table === null || columns === null || isIssued ? null : (
        <section className="invitation-step" aria-labelledby="columns-title">
          <h2 id="columns-title">
            <Trans>What its columns say</Trans>
          </h2>
          <ColumnsForm
            table={table}
            columns={columns}
            isOpenElectorate={decision.electorate === "open"}
            onChange={actions.setColumns}
          />
          {checkError === null ? null : <RefusalNotice error={checkError} />}
          <button
            type="button"
            className="button strong"
            disabled={columns.voterId < 0 || checking !== null}
            onClick={() => void actions.check(invitation)}
          >
            {checking === null ? <Trans>Check the file</Trans> : <Trans>Checking …</Trans>}
          </button>
        </section>
      )}
      {checked === null ? null : (
        <section className="invitation-step" aria-labelledby="issue-title">
          <h2 id="issue-title">
            <Trans>Issue the links</Trans>
          </h2>
          <CheckResult decision={decision} checked={checked} />
          <IssuePart
            decision={decision}
            count={checked.voters.length}
            invitation={invitation}
            actions={actions}
          />
        </section>
      )}
      {issuing === null || issuing.links.length === 0 ? null : (
        <HandOut
          decision={decision}
          invitation={invitation}
          onStartAnew={() => actions.startAnew()}
        />
      )}
    </>
  );
}

type IssuePartProps = { decision: ApiDecision; count: number } & ReturnType<typeof useInvitation>;

function IssuePart({ decision, count, invitation, actions }: IssuePartProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { issuing } = invitation;
  if (count === 0) return null;
  if (issuing === null) {
    return (
      <>
        <button type="button" className="button strong" onClick={() => setIsAsking(true)}>
          <Plural value={count} one="Issue # link …" other="Issue # links …" />
        </button>
        {isAsking ? (
          <IssueDialog
            decision={decision}
            count={count}
            onAct={() => {
              setIsAsking(false);
              actions.issue(invitation);
            }}
            onClose={() => setIsAsking(false)}
          />
        ) : null}
      </>
    );
  }
  const done = issuing.links.length;
  return (
    <div className="issuing">
      <label htmlFor="issuing-progress">
        <Trans>
          {done} of {issuing.all} links issued
        </Trans>
      </label>
      <progress id="issuing-progress" max={issuing.all} value={done} />
      {issuing.state === "running" ? (
        <button type="button" className="button" onClick={actions.stop}>
          <Trans>Stop after this part</Trans>
        </button>
      ) : null}
      {issuing.state === "stopped" ? (
        <>
          {issuing.error === null ? null : <RefusalNotice error={issuing.error} />}
          <p>
            <Trans>
              It stopped here; what was issued is kept in this tab. Going on issues the missing part
              again as a whole: links of it that were made and lost on their way end with that, and
              nobody has them.
            </Trans>
          </p>
          <button type="button" className="button strong" onClick={() => actions.issue(invitation)}>
            <Trans>Go on</Trans>
          </button>
        </>
      ) : null}
    </div>
  );
}

interface IssueDialogProps {
  decision: ApiDecision;
  count: number;
  onAct: () => void;
  onClose: () => void;
}

function IssueDialog({ decision, count, onAct, onClose }: IssueDialogProps) {
  return (
    <ConsequenceDialog
      title={<Plural value={count} one="Issue # ballot link?" other="Issue # ballot links?" />}
      action={<Trans>Issue them now</Trans>}
      isPending={false}
      refusal={null}
      onAct={onAct}
      onClose={onClose}
    >
      <ul className="consequences">
        <li>
          <Trans>Each link casts one vote. Whoever holds it can vote in its voter’s place.</Trans>
        </li>
        <li>
          <Trans>
            The links are shown in this tab alone, and are never listed again. Save the file or
            print the letters before you close it.
          </Trans>
        </li>
        <li>
          <Trans>
            Who got a link before gets a new one, and the earlier one ends. Nothing changes for who
            has voted.
          </Trans>
        </li>
        <li>
          <Trans>How many were issued, and when, is public.</Trans>
        </li>
        {decision.status === "draft" ? (
          <li>
            <Trans>
              This decision is a draft: uploading its roll again ends all of these links.
            </Trans>
          </li>
        ) : null}
      </ul>
    </ConsequenceDialog>
  );
}
