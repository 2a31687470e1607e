import { Trans } from "@lingui/react/macro";
import { callApi } from "../api/organiser-api.ts";
import { useSession } from "../session/use-session.ts";
import "./admin.css";
import { AuditLogView } from "./audit-log-view.tsx";
import { NotYours } from "./not-yours.tsx";

/** What was done to keys and dead letters, with its chain checked here. */
export default function AuditLogPage() {
  const { role } = useSession();
  if (role === "organiser") return <NotYours />;
  return (
    <>
      <header className="admin-head">
        <h1>
          <Trans>Audit log of keys</Trans>
        </h1>
        <p>
          <Trans>
            Who issued and revoked which key, and who dropped a dead letter. What was done to a
            decision stands in that decision’s own log.
          </Trans>
        </p>
      </header>
      <AuditLogView
        subject="registry"
        fileName="audit-log"
        readPage={(after_seq) =>
          callApi("GET /api/v1/audit-log", { query: { after_seq, limit: 1_000 } })
        }
      />
    </>
  );
}
