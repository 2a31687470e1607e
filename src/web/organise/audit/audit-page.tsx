import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import type { ApiDecision } from "../../contract.ts";
import "../admin/admin.css";
import { CertificationWaits } from "../admin/certification-waits.tsx";
import { NotYours } from "../admin/not-yours.tsx";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { useSession } from "../session/use-session.ts";
import { RecordComparison } from "./record-comparison.tsx";
import { SaveRowsButton } from "./save-rows-button.tsx";
import { countShards } from "../../../decision/count-shards.ts";
import { readOpenings, readShardRows, type AuditedRows } from "./save-shards.ts";

/** What an auditor may read of a decision: record and database, and rows to take away. */
export default function DecisionAuditPage() {
  const { role } = useSession();
  if (role === "organiser") return <NotYours />;
  return (
    <DecisionFrame page="audit">
      {(decision) => <DecisionAudit decision={decision} />}
    </DecisionFrame>
  );
}

function DecisionAudit({ decision }: { decision: ApiDecision }) {
  const { id, status } = decision;
  const isOver = status === "closing" || status === "closed";
  if (decision.manifest_hash === null) {
    return (
      <p>
        <Trans>There is nothing to audit before it is opened.</Trans>
      </p>
    );
  }
  return (
    <>
      {isOver ? (
        <section className="admin-part" aria-labelledby="certification">
          <h2 id="certification">
            <Trans>What it waits for before it is certified</Trans>
          </h2>
          <CertificationWaits id={id} />
        </section>
      ) : null}
      <section className="admin-part" aria-labelledby="comparison">
        <h2 id="comparison">
          <Trans>Record and database</Trans>
        </h2>
        <RecordComparison id={id} />
      </section>
      <AuditFiles decision={decision} />
      <p>
        <Link href={organisedDecisionAddress(id, "records")}>
          <Trans>What was done to it, with the log’s chain checked here</Trans>
        </Link>
      </p>
    </>
  );
}

/** Rows to take away, as far as the decision's disclosure lets anybody read them. */
function AuditFiles({ decision }: { decision: ApiDecision }) {
  const { id, disclosure, electorate, status, forgotten_at: forgottenAt } = decision;
  const read = (rows: AuditedRows) => (onProgress: (rows: number) => void) =>
    readShardRows(rows, { id, shards: countShards(decision), onProgress });
  return (
    <section className="admin-part" aria-labelledby="files">
      <h2 id="files">
        <Trans>To take away</Trans>
      </h2>
      <p>
        <Trans>
          Files have a line of JSON a row. “npx enviro verify” checks all of it by itself.
        </Trans>
      </p>
      <ul className="file-list">
        {electorate === "roll" ? (
          <li>
            <SaveRowsButton fileName={`${id}-roll.ndjson`} read={read("roll")}>
              <Trans>The roll by pseudonym</Trans>
            </SaveRowsButton>
          </li>
        ) : null}
        {disclosure === "roll_call" ? (
          <>
            <li>
              <SaveRowsButton fileName={`${id}-ballots.ndjson`} read={read("ballots")}>
                <Trans>Ballots of the record</Trans>
              </SaveRowsButton>
            </li>
            <li>
              <SaveRowsButton
                fileName={`${id}-database-ballots.ndjson`}
                read={read("database_ballots")}
              >
                <Trans>Ballots of the database</Trans>
              </SaveRowsButton>
            </li>
          </>
        ) : null}
        {status === "certified" && forgottenAt === null ? (
          <li>
            <SaveRowsButton
              fileName={`${id}-openings.ndjson`}
              read={(onProgress) => readOpenings(id, onProgress)}
            >
              <Trans>What opens each published ballot</Trans>
            </SaveRowsButton>
          </li>
        ) : null}
      </ul>
      {disclosure === "roll_call" ? null : (
        <p className="form-hint">
          <Trans>
            It is no roll call: nobody reads a single ballot beside a pseudonym. What opens each
            published ballot is there once it is certified, without who cast it and when.
          </Trans>
        </p>
      )}
    </section>
  );
}
