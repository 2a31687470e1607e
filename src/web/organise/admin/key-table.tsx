import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Moment } from "../../ui/moment.tsx";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { keyScopeWords, revocationWords, type ListedKey } from "./key-words.ts";
import { AdminRefusal } from "./admin-refusal.tsx";

export type KeyTableProps = {
  labelledBy: string;
  keys: readonly ListedKey[];
  onRevoked: () => void;
};

/** Keys of a role, and the way to revoke each. */
export function KeyTable({ labelledBy, keys, onRevoked }: KeyTableProps) {
  const { i18n, t } = useLingui();
  const [asked, setAsked] = useState<ListedKey | null>(null);
  return (
    <>
      <table className="admin-table" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Holder</Trans>
            </th>
            <th scope="col">
              <Trans>Good for</Trans>
            </th>
            <th scope="col">
              <Trans>Issued</Trans>
            </th>
            <th scope="col">
              <Trans>Name in audit logs</Trans>
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">
                <bdi>{key.label}</bdi>
              </th>
              <td data-label={t`Good for`}>{keyScopeWords(i18n, key)}</td>
              <td data-label={t`Issued`}>
                <Moment iso={key.created_at} show="day" />
              </td>
              <td data-label={t`Name in audit logs`}>
                <code>{key.id}</code>
              </td>
              <td>
                <button type="button" className="button quiet" onClick={() => setAsked(key)}>
                  <Trans>
                    Revoke<span className="unseen"> the key of {key.label}</span>
                  </Trans>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked === null ? null : (
        <RevokeKeyDialog
          asked={asked}
          keys={keys}
          onClose={() => setAsked(null)}
          onRevoked={() => {
            setAsked(null);
            onRevoked();
          }}
        />
      )}
    </>
  );
}

type RevokeKeyDialogProps = {
  asked: ListedKey;
  keys: readonly ListedKey[];
  onClose: () => void;
  onRevoked: () => void;
};

function RevokeKeyDialog({ asked, keys, onClose, onRevoked }: RevokeKeyDialogProps) {
  const { i18n } = useLingui();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => callApi("DELETE /api/v1/api-keys/{keyId}", { path: { keyId: asked.id } }),
    onSuccess: onRevoked,
  });
  const others = keys.filter(({ id }) => id !== asked.id);
  const { label } = asked;
  return (
    <ConsequenceDialog
      title={<Trans>Revoke the key of {label}?</Trans>}
      action={<Trans>Revoke the key</Trans>}
      isPending={isPending}
      refusal={error === null ? null : <AdminRefusal error={error} />}
      onAct={() => mutate()}
      onClose={onClose}
    >
      {revocationWords(i18n, asked, others).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </ConsequenceDialog>
  );
}
