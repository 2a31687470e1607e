import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { csvText } from "../../exports/csv-text.ts";
import { saveFile } from "../../exports/save-file.ts";
import { formatInteger } from "../../i18n/format.ts";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { AuditEntryTable } from "./audit-entry-table.tsx";
import { AuditVerdict } from "./audit-verdict.tsx";
import { auditActionWords } from "./audit-words.ts";
import { actionsIn, auditTable, filterEntries } from "./filter-entries.ts";
import { NotedHeadCheck } from "./noted-head-check.tsx";
import { readAuditLog, type CheckedAuditLog, type ShownAuditPage } from "./read-audit-log.ts";

export type AuditLogViewProps = {
  /** What the log is about, as its first hash has it: `registry`, or `decision {id}`. */
  subject: string;
  /** What saved files are called, without their ending. */
  fileName: string;
  readPage: (afterSeq: number) => Promise<ShownAuditPage>;
};

/** A whole audit log: read and checked in this browser, filtered, and to be saved. */
export function AuditLogView({ subject, fileName, readPage }: AuditLogViewProps) {
  const { i18n } = useLingui();
  const [read, setRead] = useState(0);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["audit-log", subject],
    queryFn: () => readAuditLog({ subject, readPage, onProgress: setRead }),
  });
  if (data === undefined && error !== null)
    return <ReadFailure error={error} onRetry={refetch} isPart />;
  if (data === undefined) {
    const digits = formatInteger(i18n, read);
    return (
      <p role="status">
        <Trans>Reading and checking the log: {digits} entries so far.</Trans>
      </p>
    );
  }
  return (
    <>
      <AuditVerdict log={data} />
      <NotedHeadCheck log={data} />
      <FilteredEntries
        log={data}
        fileName={fileName}
        isReading={isFetching}
        onReadAgain={() => void refetch()}
      />
    </>
  );
}

type FilteredEntriesProps = {
  log: CheckedAuditLog;
  fileName: string;
  isReading: boolean;
  onReadAgain: () => void;
};

function FilteredEntries({ log, fileName, isReading, onReadAgain }: FilteredEntriesProps) {
  const { i18n, t } = useLingui();
  const [action, setAction] = useState("");
  const [text, setText] = useState("");
  const id = useId();
  const wanted = filterEntries(log.entries, { action, text });
  const save = (kind: "csv" | "json"): void => {
    const content =
      kind === "csv"
        ? csvText(auditTable(log.entries))
        : JSON.stringify({ entries: log.entries, head: log.head }, null, 1);
    const type = kind === "csv" ? "text/csv" : "application/json";
    saveFile(`${fileName}.${kind}`, new Blob([content], { type }));
  };
  return (
    <section className="admin-part" aria-labelledby={`${id}-entries`}>
      <h2 id={`${id}-entries`}>
        <Trans>Entries</Trans>
      </h2>
      <div className="filter-row">
        <div className="form-field">
          <label htmlFor={`${id}-action`}>
            <Trans>What was done</Trans>
          </label>
          <select
            id={`${id}-action`}
            value={action}
            onChange={({ target }) => setAction(target.value)}
          >
            <option value="">{t`Everything`}</option>
            {actionsIn(log.entries).map((each) => (
              <option key={each} value={each}>
                {auditActionWords(i18n, { action: each, facts: {} })}
              </option>
            ))}
          </select>
        </div>
        <div className="form-field">
          <label htmlFor={`${id}-text`}>
            <Trans>With these words</Trans>
          </label>
          <input
            id={`${id}-text`}
            type="search"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
        <button type="button" className="button" onClick={() => save("csv")}>
          <Trans>Save all as CSV</Trans>
        </button>
        <button type="button" className="button" onClick={() => save("json")}>
          <Trans>Save all as JSON</Trans>
        </button>
        <button type="button" className="button" disabled={isReading} onClick={onReadAgain}>
          <Trans>Read and check again</Trans>
        </button>
      </div>
      {log.entries.length === 0 ? null : (
        <AuditEntryTable entries={wanted} labelledBy={`${id}-entries`} />
      )}
    </section>
  );
}
