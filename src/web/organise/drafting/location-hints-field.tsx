import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { fieldId, FieldFaults, useFieldFaults } from "../form/form-faults.tsx";
import type { DraftForm } from "./draft-form.ts";

type Hint = DraftForm["locationHints"][number];

export type LocationHintsFieldProps = { value: readonly Hint[]; onChange: (value: Hint[]) => void };

/** Where the record is asked to be kept; its parts are laid over the places in turn. */
export function LocationHintsField({ value, onChange }: LocationHintsFieldProps) {
  const { i18n } = useLingui();
  const id = useId();
  const faults = useFieldFaults("/location_hints");
  const toggle = (place: Hint) =>
    onChange(value.includes(place) ? value.filter((each) => each !== place) : [...value, place]);
  return (
    <fieldset
      className="form-field"
      id={fieldId("/location_hints")}
      aria-describedby={`${id}-hint`}
    >
      <legend>
        <Trans>Where the record is kept</Trans>
      </legend>
      <p className="form-hint" id={`${id}-hint`}>
        <Trans>
          A wish, near most voters: it makes votes quicker. Without one it is where the first of
          them comes from. It is settled once, so say it before you save for the first time.
        </Trans>
      </p>
      {placeNames(i18n).map(([place, name]) => (
        <label key={place} className="choice-option">
          <input type="checkbox" checked={value.includes(place)} onChange={() => toggle(place)} />
          {name}
        </label>
      ))}
      <FieldFaults id={`${id}-faults`} faults={faults} />
    </fieldset>
  );
}

/** Where the record can be asked to be kept, by name. */
export function placeNames(i18n: I18n): [Hint, string][] {
  return [
    ["weur", t(i18n)`Western Europe`],
    ["eeur", t(i18n)`Eastern Europe`],
    ["afr", t(i18n)`Africa`],
    ["me", t(i18n)`Middle East`],
    ["apac", t(i18n)`Asia and the Pacific`],
    ["oc", t(i18n)`Oceania`],
    ["enam", t(i18n)`Eastern North America`],
    ["wnam", t(i18n)`Western North America`],
    ["sam", t(i18n)`South America`],
  ];
}
