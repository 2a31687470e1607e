import { Trans } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import type { Answer } from "../../../client/routes.ts";
import type { ApiDecision } from "../../contract.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { useLeavingQuestion } from "../form/use-leaving-question.ts";
import { useSession } from "../session/use-session.ts";
import { RefusalNotice } from "./refusal-notice.tsx";

const keysRoute = "/api/v1/decisions/{decisionId}/station-keys" as const;
type StationKey = Answer<`GET ${typeof keysRoute}`>["items"][number];

/** The keys of a decision's stations: issued, shown once, and revoked. */
export function StationKeys({ decision }: { decision: ApiDecision }) {
  const { id, stations } = decision;
  const { role } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["station keys", id],
    queryFn: () => callApi(`GET ${keysRoute}`, { path: { decisionId: id } }),
  });
  const mayIssue = role === "admin" || stations === "first_wins";
  return (
    <div className="part-form">
      <h3>
        <Trans>Keys for stations</Trans>
      </h3>
      {error === null ? null : <RefusalNotice error={error} onRetry={refetch} />}
      {data === undefined ? null : <KeyList id={id} keys={data.items} />}
      {mayIssue ? (
        <IssueKeyForm decision={decision} />
      ) : (
        <p>
          <Trans>
            Stations of this decision replace votes that were cast before, so an administrator
            issues their keys: who issues ballot links must not do that as well.
          </Trans>
        </p>
      )}
    </div>
  );
}

function KeyList({ id, keys }: { id: string; keys: readonly StationKey[] }) {
  const [revoked, setRevoked] = useState<StationKey | null>(null);
  const queryClient = useQueryClient();
  const { role, owner } = useSession();
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (keyId: string) =>
      callApi(`DELETE ${keysRoute}/{keyId}`, { path: { decisionId: id, keyId } }),
    onSuccess: () => setRevoked(null),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["station keys", id] }),
  });
  const ask = (key: StationKey): void => {
    reset();
    setRevoked(key);
  };
  if (keys.length === 0) {
    return (
      <p>
        <Trans>No station has a key yet.</Trans>
      </p>
    );
  }
  return (
    <>
      <table className="key-table">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Station</Trans>
            </th>
            <th scope="col">
              <Trans>Issued</Trans>
            </th>
            <th scope="col">
              <Trans>Revoke</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row" dir="auto">
                {key.label}
              </th>
              <td>
                <Moment iso={key.created_at} />
              </td>
              <td>
                {role === "admin" || key.owner === owner ? (
                  <button type="button" className="button quiet" onClick={() => ask(key)}>
                    <Trans>Revoke …</Trans>
                  </button>
                ) : (
                  <Trans>An administrator’s</Trans>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {revoked === null ? null : (
        <ConsequenceDialog
          title={<Trans>Revoke the key of {revoked.label}?</Trans>}
          action={<Trans>Revoke it for good</Trans>}
          isPending={isPending}
          refusal={error === null ? null : <RefusalNotice error={error} />}
          onAct={() => mutate(revoked.id)}
          onClose={() => setRevoked(null)}
        >
          <p>
            <Trans>
              This station casts no more votes, at the latest in half a minute. What it has cast
              stays counted. That the key was revoked is public.
            </Trans>
          </p>
        </ConsequenceDialog>
      )}
    </>
  );
}

function IssueKeyForm({ decision: { id, stations } }: { decision: ApiDecision }) {
  const [label, setLabel] = useState("");
  const fieldId = useId();
  const queryClient = useQueryClient();
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: () =>
      callApi(`POST ${keysRoute}`, { path: { decisionId: id }, body: { label: label.trim() } }),
    onSuccess: () => setLabel(""),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["station keys", id] }),
  });
  useLeavingQuestion(data !== undefined);
  if (data !== undefined) {
    return (
      <div className="key-once notice" role="status">
        <p className="notice-title">
          <Trans>The key of {data.label}</Trans>
        </p>
        <p>
          <Trans>
            It is shown this once, and kept nowhere. Give it to the station alone: whoever has it
            casts votes.
          </Trans>
        </p>
        <code>{data.key}</code>
        <CopyButton text={data.key}>
          <Trans>Copy the key</Trans>
        </CopyButton>
        <button type="button" className="button" onClick={reset}>
          <Trans>I have kept it</Trans>
        </button>
      </div>
    );
  }
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form className="part-form" onSubmit={send}>
      <div className="form-field">
        <label htmlFor={fieldId}>
          <Trans>A new key for the station</Trans>
        </label>
        <p className="form-hint" id={`${fieldId}-hint`}>
          {stations === "overrides" ? (
            <Trans>
              It casts votes in this decision alone, also in place of earlier ones, and looks up who
              is on the roll. That a key was issued is public.
            </Trans>
          ) : (
            <Trans>
              It casts votes in this decision alone, for whoever has not voted, and looks up who is
              on the roll. That a key was issued is public.
            </Trans>
          )}
        </p>
        <input
          id={fieldId}
          maxLength={200}
          dir="auto"
          aria-describedby={`${fieldId}-hint`}
          value={label}
          onChange={({ target }) => setLabel(target.value)}
        />
      </div>
      {error === null ? null : <RefusalNotice error={error} />}
      <button className="button" disabled={label.trim() === "" || isPending}>
        <Trans>Issue a key</Trans>
      </button>
    </form>
  );
}
