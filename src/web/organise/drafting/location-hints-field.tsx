import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { fieldId, FieldFaults, useFieldFaults } from "../form/form-faults.tsx";
import type { DraftForm } from "./draft-form.ts";

type Hint = DraftForm["locationHints"][number];

export type LocationHintsFieldProps = { value: readonly Hint[]; onChange: (value: Hint[]) => void };

/** Where the record is asked to be kept; its parts are laid over the places in turn. */
export function LocationHintsField({ value, onChange }: LocationHintsFieldProps) {
  const { t } = useLingui();
  const id = useId();
  const faults = useFieldFaults("/location_hints");
  const places: [Hint, string][] = [
    ["weur", t`Western Europe`],
    ["eeur", t`Eastern Europe`],
    ["afr", t`Africa`],
    ["me", t`Middle East`],
    ["apac", t`Asia and the Pacific`],
    ["oc", t`Oceania`],
    ["enam", t`Eastern North America`],
    ["wnam", t`Western North America`],
    ["sam", t`South America`],
  ];
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
      {places.map(([place, name]) => (
        <label key={place} className="choice-option">
          <input type="checkbox" checked={value.includes(place)} onChange={() => toggle(place)} />
          {name}
        </label>
      ))}
      <FieldFaults id={`${id}-faults`} faults={faults} />
    </fieldset>
  );
}
