import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type FormEvent, type ReactNode } from "react";
import { callApi } from "../api/organiser-api.ts";
import type { IssuedKey } from "./issued-key-notice.tsx";
import {
  grantFaultOf,
  grantOfForm,
  noGrant,
  type GrantFault,
  type GrantForm,
} from "./key-grant-form.ts";
import { listedRoles, roleMeaningWords, roleNameWords } from "./key-words.ts";
import { AdminRefusal } from "./admin-refusal.tsx";

/** Issues a key: for whom, in which role, and for what it is good. */
export function IssueKeyForm({ onIssued }: { onIssued: (key: IssuedKey) => void }) {
  const { i18n } = useLingui();
  const [form, setForm] = useState<GrantForm>(noGrant);
  const [fault, setFault] = useState<GrantFault | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => callApi("POST /api/v1/api-keys", { body: grantOfForm(form) }),
    onSuccess: onIssued,
  });
  const change = (changes: Partial<GrantForm>): void => setForm({ ...form, ...changes });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const found = grantFaultOf(form);
    setFault(found);
    if (found === null) mutate();
  };
  return (
    <form className="form-fields admin-form" noValidate onSubmit={send}>
      <h2>
        <Trans>Issue a key</Trans>
      </h2>
      <fieldset className="form-field">
        <legend>
          <Trans>Role</Trans>
        </legend>
        {listedRoles.map((role) => (
          <label key={role} className="role-choice">
            <input
              type="radio"
              name="role"
              checked={form.role === role}
              onChange={() => change({ role })}
            />
            <span>
              <b>{roleNameWords(i18n, role)}</b> {roleMeaningWords(i18n, role)}
            </span>
          </label>
        ))}
      </fieldset>
      {form.role === "organiser" ? (
        <GrantField
          value={form.owner}
          onChange={(owner) => change({ owner })}
          label={<Trans>Owner</Trans>}
          hint={
            <Trans>
              Whose decisions it runs: small letters, digits and hyphens, as in river-keepers. Every
              key of the same owner runs the same decisions. It stands in the record for good, so it
              names no person.
            </Trans>
          }
          error={
            fault === "owner" ? (
              <Trans>Write 1 to 64 small letters, digits and hyphens, with no hyphen first.</Trans>
            ) : null
          }
        />
      ) : (
        <GrantField
          value={form.decisionId}
          onChange={(decisionId) => change({ decisionId })}
          label={<Trans>For one decision alone (may stay empty)</Trans>}
          hint={<Trans>The decision’s id, from its address. Left empty, for all decisions.</Trans>}
          error={
            fault === "decisionId" ? (
              <Trans>A decision’s id has small letters, digits and hyphens.</Trans>
            ) : null
          }
        />
      )}
      <GrantField
        value={form.label}
        onChange={(label) => change({ label })}
        label={<Trans>Who holds it</Trans>}
        hint={<Trans>So that it is known whom to ask, and which key to revoke.</Trans>}
        error={
          fault === "label" ? <Trans>Write who holds it, in at most 200 characters.</Trans> : null
        }
      />
      {error === null ? null : <AdminRefusal error={error} />}
      <button className="button strong" disabled={isPending}>
        <Trans>Issue the key</Trans>
      </button>
    </form>
  );
}

type GrantFieldProps = {
  value: string;
  onChange: (value: string) => void;
  label: ReactNode;
  hint: ReactNode;
  error: ReactNode;
};

function GrantField({ value, onChange, label, hint, error }: GrantFieldProps) {
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="form-hint">
        {hint}
      </p>
      <input
        id={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error !== null}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-error`} className="form-error" role="alert">
        {error}
      </p>
    </div>
  );
}
