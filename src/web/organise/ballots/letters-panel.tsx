import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import { limits } from "../../../shared/limits.ts";
import type { ApiDecision } from "../../contract.ts";
import { useTimeZone } from "../../i18n/use-time-zone.ts";
import { partsOf, type ListPart } from "./batches.ts";
import type { CheckedVoters } from "./check-voters.ts";
import { LetterLanguageField, LetterTextField, PaperField } from "./letter-fields.tsx";
import type { LetterLanguage } from "./letter-language.ts";
import { LetterInLanguage } from "./letters-to-print.tsx";
import { letterTerms, type Paper } from "./letter-terms.ts";
import { letterVoters } from "./letter-voters.ts";
import { PrintPart } from "./print-part.tsx";
import { useLetterMessages } from "./use-letter-messages.ts";
import type { VoterColumns } from "./voter-columns.ts";
import type { VoterTable } from "./voter-table.ts";
import "./letters.css";

export interface LettersPanelProps {
  decision: ApiDecision;
  parts: {
    table: VoterTable;
    checked: CheckedVoters;
    links: readonly string[];
    columns: VoterColumns;
  };
}

/** What the letters say besides, how they look, and printing them in parts. */
export function LettersPanel({ decision, parts }: LettersPanelProps) {
  const { t } = useLingui();
  const [sender, setSender] = useState("");
  const [contact, setContact] = useState("");
  const [paper, setPaper] = useState<Paper>("a4");
  const [language, setLanguage] = useState<LetterLanguage>("en");
  const [previewed, setPreviewed] = useState(0);
  const [printed, setPrinted] = useState<ListPart | null>(null);
  const timeZone = useTimeZone();
  const [now] = useState(Date.now);
  const { table, checked, links, columns } = parts;
  const voters = useMemo(() => {
    const { rows, standings } = checked;
    return letterVoters({
      table,
      rows,
      links,
      standings,
      columns,
      regions: decision.regions,
      language,
    });
  }, [table, checked, links, columns, decision.regions, language]);
  const messages = useLetterMessages(voters);
  const terms = letterTerms(decision, { sender, contact }, { now, host: location.host, timeZone });
  const shown = voters[previewed];
  return (
    <div className="letters-panel">
      <div className="form-fields">
        <LetterTextField
          label={<Trans>Who sends the letters</Trans>}
          hint={<Trans>Stands at the top, on up to four lines.</Trans>}
          value={sender}
          onChange={setSender}
        />
        <LetterTextField
          label={<Trans>Whom voters ask when something does not work</Trans>}
          hint={<Trans>A name with a telephone number or a mail address.</Trans>}
          value={contact}
          onChange={setContact}
        />
        <LetterLanguageField value={language} onChange={setLanguage} />
        <PaperField value={paper} onChange={setPaper} />
      </div>
      {shown === undefined || messages === null ? null : (
        <>
          <PreviewPager count={voters.length} value={previewed} onChange={setPreviewed} />
          {/* A box that scrolls is reached by keyboard. */}
          <div
            className="letter-preview"
            tabIndex={0}
            role="group"
            aria-label={t`A letter as it is printed`}
          >
            <div data-paper={paper}>
              <LetterInLanguage voter={shown} terms={terms} messages={messages} />
            </div>
          </div>
        </>
      )}
      <h4>
        <Trans>Print</Trans>
      </h4>
      <p>
        <Plural
          value={limits.lettersAPrintMax}
          one="One sheet a voter, # sheet at a time at most."
          other="One sheet a voter, # sheets at a time at most."
        />{" "}
        <Trans>Print on one side, at 100 %: the address then stands in an envelope’s window.</Trans>
      </p>
      {contact.trim() === "" ? (
        <p className="form-hint">
          <Trans>Say first whom voters ask when something does not work.</Trans>
        </p>
      ) : null}
      <ul className="print-parts">
        {partsOf(voters.length, limits.lettersAPrintMax).map((part) => (
          <li key={part.first}>
            <button
              type="button"
              className="button"
              disabled={contact.trim() === "" || messages === null}
              onClick={() => setPrinted(part)}
            >
              <Trans>
                Print letters {part.first + 1} to {part.end}
              </Trans>
            </button>
          </li>
        ))}
      </ul>
      {printed === null || messages === null ? null : (
        <PrintPart
          key={printed.first}
          voters={voters.slice(printed.first, printed.end)}
          terms={terms}
          messages={messages}
          paper={paper}
          onDone={() => setPrinted(null)}
        />
      )}
    </div>
  );
}

interface PreviewPagerProps {
  count: number;
  value: number;
  onChange: (at: number) => void;
}

function PreviewPager({ count, value, onChange }: PreviewPagerProps) {
  return (
    <div className="preview-pager">
      <button
        type="button"
        className="button quiet"
        disabled={value === 0}
        onClick={() => onChange(value - 1)}
      >
        <Trans>Previous letter</Trans>
      </button>
      <span role="status">
        <Trans>
          Letter {value + 1} of {count}
        </Trans>
      </span>
      <button
        type="button"
        className="button quiet"
        disabled={value >= count - 1}
        onClick={() => onChange(value + 1)}
      >
        <Trans>Next letter</Trans>
      </button>
    </div>
  );
}
