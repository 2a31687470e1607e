import { Trans, useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Answer } from "../../../client/routes.ts";
import { readResource } from "../../api/read-api.ts";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { useSession } from "../session/use-session.ts";
import "./admin.css";
import { IssueKeyForm } from "./issue-key-form.tsx";
import { IssuedKeyNotice, type IssuedKey } from "./issued-key-notice.tsx";
import { KeyTable } from "./key-table.tsx";
import { keysOfRoleWords, listedRoles } from "./key-words.ts";
import { NotYours } from "./not-yours.tsx";

/** All keys, without their secrets. */
const keysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) =>
    readResource<Answer<"GET /api/v1/api-keys">>(readAsSignedIn, "/api/v1/api-keys", signal),
});

/** Who has which key: issuing, listing and revoking them. */
export default function KeysPage() {
  const { role } = useSession();
  return role === "admin" ? <Keys /> : <NotYours />;
}

function Keys() {
  const { i18n } = useLingui();
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const { data, error, refetch } = useQuery(keysQuery);
  const keys = data?.items ?? [];
  return (
    <>
      <header className="admin-head">
        <h1>
          <Trans>Keys and roles</Trans>
        </h1>
        <p>
          <Trans>
            Whoever runs, audits or takes votes has a key of a role. A key is shown once, when it is
            issued; here stands whose it is, and never the key.
          </Trans>
        </p>
      </header>
      {issued === null ? (
        <IssueKeyForm
          onIssued={(key) => {
            setIssued(key);
            void refetch();
          }}
        />
      ) : (
        <IssuedKeyNotice issued={issued} onDone={() => setIssued(null)} />
      )}
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined && error !== null ? (
        <ReadFailure error={error} onRetry={refetch} isPart />
      ) : null}
      {listedRoles.map((role) => {
        const ofRole = keys.filter((key) => key.role === role);
        return ofRole.length === 0 ? null : (
          <section key={role} className="admin-part" aria-labelledby={`keys-${role}`}>
            <h2 id={`keys-${role}`}>{keysOfRoleWords(i18n, role)}</h2>
            <KeyTable labelledBy={`keys-${role}`} keys={ofRole} onRevoked={() => void refetch()} />
          </section>
        );
      })}
      {data !== undefined && keys.length === 0 ? (
        <p>
          <Trans>No key has been issued yet, but for the deployment’s own.</Trans>
        </p>
      ) : null}
    </>
  );
}
