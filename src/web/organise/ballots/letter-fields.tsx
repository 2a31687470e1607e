import { Trans, useLingui } from "@lingui/react/macro";
import { useId, type ReactNode } from "react";
import { letterLanguages, type LetterLanguage } from "./letter-language.ts";
import { papers, type Paper } from "./letter-terms.ts";

interface TextFieldProps {
  label: ReactNode;
  hint: ReactNode;
  value: string;
  onChange: (text: string) => void;
}

/** A text that all letters have. */
export function LetterTextField({ label, hint, value, onChange }: TextFieldProps) {
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <p className="form-hint" id={`${id}-hint`}>
        {hint}
      </p>
      <textarea
        id={id}
        className="short-text"
        rows={2}
        dir="auto"
        maxLength={300}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

interface LanguageFieldProps {
  value: LetterLanguage;
  onChange: (language: LetterLanguage) => void;
}

/** The language of whoever's letter the file does not say. */
export function LetterLanguageField({ value, onChange }: LanguageFieldProps) {
  const { i18n } = useLingui();
  const id = useId();
  const names = new Intl.DisplayNames([i18n.locale], { type: "language" });
  return (
    <div className="form-field">
      <label htmlFor={id}>
        <Trans>Language, where the file names none</Trans>
      </label>
      <select
        id={id}
        value={value}
        onChange={({ target }) =>
          onChange(letterLanguages.find((each) => each === target.value) ?? value)
        }
      >
        {letterLanguages.map((each) => (
          <option key={each} value={each}>
            {names.of(each)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What the letters are printed on. */
export function PaperField({
  value,
  onChange,
}: {
  value: Paper;
  onChange: (paper: Paper) => void;
}) {
  return (
    <fieldset className="form-field">
      <legend>
        <Trans>Paper</Trans>
      </legend>
      {papers.map((paper) => (
        <label key={paper}>
          <input
            type="radio"
            name="paper"
            checked={value === paper}
            onChange={() => onChange(paper)}
          />{" "}
          {paper === "a4" ? <Trans>A4 (210 × 297 mm)</Trans> : <Trans>Letter (8.5 × 11 in)</Trans>}
        </label>
      ))}
    </fieldset>
  );
}
