import { Trans, useLingui } from "@lingui/react/macro";
import { limits } from "../../../shared/limits.ts";
import { languages } from "../../languages/languages.ts";
import { FieldFaults, fieldId, useFieldFaults } from "../form/form-faults.tsx";
import { TextField } from "../form/text-fields.tsx";
import type { DraftForm } from "./draft-form.ts";
import { withItem, withoutItem, type SectionProps } from "./edit-form.ts";
import { LanguageField } from "./language-field.tsx";
import { languageName } from "./language-name.ts";

/** The question in other languages, one after the other. */
export function TranslationsField({ form, onEdit }: SectionProps) {
  const { i18n, t } = useLingui();
  const { language: original, translations } = form;
  // What is wrong with one text is told beside it.
  const faults = useFieldFaults("/translations").filter(
    ({ pointer }) => pointer === "/translations/texts",
  );
  const add = () => {
    // The page's own language is most likely the one in which the question is written.
    const first = original || (i18n.locale.split("-")[0] ?? "en");
    const taken = new Set([first, ...translations.map(({ language }) => language)]);
    const next = languages.find(({ tag }) => !taken.has(tag));
    const added = { language: next?.tag ?? "", title: "", description: "" };
    onEdit({ language: first, translations: [...translations, added] });
  };
  const remove = (index: number) => {
    const left = withoutItem(translations, index);
    onEdit({ translations: left, ...(left.length === 0 && { language: "" }) });
  };
  return (
    <div className="form-fields">
      {(original !== "" || translations.length > 0) && (
        <LanguageField
          pointer="/translations/original"
          label={t`Language of the question above`}
          value={original}
          onChange={(language) => onEdit({ language })}
        />
      )}
      {translations.map((text, index) => (
        <TranslationFields
          // A language is where it stands: its texts change as they are typed.
          key={index}
          pointer={`/translations/texts/${index}`}
          text={text}
          onChange={(changed) => onEdit({ translations: withItem(translations, index, changed) })}
          onRemove={() => remove(index)}
        />
      ))}
      <FieldFaults id={fieldId("/translations/texts")} faults={faults} />
      {translations.length < limits.languagesMax - 1 && (
        <div className="actions">
          <button type="button" className="button" onClick={add}>
            <Trans>Say it in another language</Trans>
          </button>
        </div>
      )}
    </div>
  );
}

type TranslationForm = DraftForm["translations"][number];

interface TranslationFieldsProps {
  pointer: string;
  text: TranslationForm;
  onChange: (text: TranslationForm) => void;
  onRemove: () => void;
}

function TranslationFields({ pointer, text, onChange, onRemove }: TranslationFieldsProps) {
  const { i18n, t } = useLingui();
  const { language } = text;
  const name = languageName(i18n, language);
  const edit = (changes: Partial<TranslationForm>) => onChange({ ...text, ...changes });
  return (
    <fieldset className="form-field">
      <legend>{language === "" ? <Trans>Another language</Trans> : name}</legend>
      <LanguageField
        pointer={`${pointer}/language`}
        label={t`Language`}
        value={language}
        onChange={(chosen) => edit({ language: chosen })}
      />
      <TextField
        pointer={`${pointer}/title`}
        label={t`Question, in ${name}`}
        language={language}
        charactersMax={limits.titleCharactersMax}
        value={text.title}
        onChange={(title) => edit({ title })}
      />
      <TextField
        pointer={`${pointer}/description`}
        label={t`What it is about, in ${name}`}
        isLong
        language={language}
        charactersMax={limits.descriptionCharactersMax}
        value={text.description}
        onChange={(description) => edit({ description })}
      />
      <button type="button" className="button quiet" onClick={onRemove}>
        <Trans>Remove {name}</Trans>
      </button>
    </fieldset>
  );
}
