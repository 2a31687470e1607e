import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { ShownAuditEntry } from "../../../audit-log/audit-log-check.ts";
import { Moment } from "../../ui/moment.tsx";
import { auditActionWords } from "./audit-words.ts";
import { factPairs } from "./filter-entries.ts";

export type AuditEntryTableProps = { entries: readonly ShownAuditEntry[]; labelledBy: string };

const shownAtOnce = 100;

/** Entries of a log, the first hundred of them at once. */
export function AuditEntryTable({ entries, labelledBy }: AuditEntryTableProps) {
  const [most, setMost] = useState(shownAtOnce);
  const rest = entries.length - most;
  return (
    <>
      <table className="admin-table" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>No.</Trans>
            </th>
            <th scope="col">
              <Trans>When</Trans>
            </th>
            <th scope="col">
              <Trans>What was done</Trans>
            </th>
            <th scope="col">
              <Trans>By which key</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, most).map((entry) => (
            <AuditEntryRow key={entry.seq} entry={entry} />
          ))}
        </tbody>
      </table>
      {entries.length === 0 ? (
        <p role="status">
          <Trans>No entry is as you asked for.</Trans>
        </p>
      ) : null}
      {rest > 0 ? (
        <p>
          <button type="button" className="button" onClick={() => setMost(most + shownAtOnce)}>
            <Plural value={rest} one="Show more of # entry" other="Show more of # entries" />
          </button>
        </p>
      ) : null}
    </>
  );
}

function AuditEntryRow({ entry }: { entry: ShownAuditEntry }) {
  const { i18n, t } = useLingui();
  const { seq, at, actor, facts, hash } = entry;
  // The key or dead letter that it was done to.
  const subject = facts["key_id"] ?? facts["id"];
  return (
    <tr>
      <th scope="row" data-label={t`No.`}>
        {seq}
      </th>
      <td data-label={t`When`}>
        <Moment iso={at} />
      </td>
      <td>
        {auditActionWords(i18n, entry)} {subject === undefined ? null : <code>{subject}</code>}
        <details>
          <summary>
            <Trans>Facts and hash</Trans>
          </summary>
          <dl className="fact-list">
            {factPairs(entry).map(([name, value]) => (
              <div key={name} className="fact-pair">
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
            <div className="fact-pair">
              <dt>
                <Trans>Hash</Trans>
              </dt>
              <dd>
                <code>{hash}</code>
              </dd>
            </div>
          </dl>
        </details>
      </td>
      <td data-label={t`By which key`}>
        <code>{actor.key_id}</code> {actor.owner === null ? null : <bdi>({actor.owner})</bdi>}
      </td>
    </tr>
  );
}
