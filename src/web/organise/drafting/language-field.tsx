import { useLingui } from "@lingui/react/macro";
import { FormField } from "../form/form-field.tsx";
import { languageName } from "./language-name.ts";

/** Official languages of many states and widely read ones; the API takes any other tag, too. */
const offered =
  `ar am az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl ha he hi hr hu hy id ig
is it ja ka kk km ko ky lo lt lv mk mn ms mt my nb ne nl nn pl ps pt pt-BR qu rm ro ru rw si sk sl sm so
sq sr sv sw ta th ti tk tr uk ur uz vi yo zh zh-Hans zh-Hant zu`.split(/\s+/);

export interface LanguageFieldProps {
  pointer: string;
  label: string;
  value: string;
  onChange: (tag: string) => void;
}

/** One language of those that are offered, or that the draft has already. */
export function LanguageField({ pointer, label, value, onChange }: LanguageFieldProps) {
  const { i18n, t } = useLingui();
  const tags = value === "" || offered.includes(value) ? offered : [...offered, value];
  const named = tags
    .map((tag) => ({ tag, name: languageName(i18n, tag) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, i18n.locale));
  return (
    <FormField pointer={pointer} label={label}>
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{t`Choose a language`}</option>
          {named.map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}
