import { Trans, useLingui } from "@lingui/react/macro";
import { fieldId, FieldFaults, useFieldFaults } from "../form/form-faults.tsx";
import { FigureField } from "../form/text-fields.tsx";
import type { DraftForm, GroupForm } from "./draft-form.ts";
import { withItem, withoutItem } from "./edit-form.ts";
import { placeNames } from "./location-hints-field.tsx";
import { SelectField } from "./select-field.tsx";

interface PlacementFieldProps {
  value: readonly GroupForm[];
  regions: DraftForm["regions"];
  onChange: (value: GroupForm[]) => void;
}

/** Regions whose votes are kept near their voters, in groups. */
export function PlacementField({ value, regions, onChange }: PlacementFieldProps) {
  const faults = useFieldFaults("/placement").filter(({ pointer }) => pointer === "/placement");
  const codes = regions.map(({ code }) => code.trim()).filter((code) => code !== "");
  if (codes.length < 2 && value.length === 0) return null;
  return (
    <details className="form-more" id={fieldId("/placement")} open={value.length > 0}>
      <summary>
        <Trans>Keep the votes of some regions near their voters</Trans>
      </summary>
      <p className="form-hint">
        <Trans>
          Votes on several continents are quicker where each is kept near its voters. Leave at least
          one region out: its votes are kept in the place above. Give each part of the record ten
          voters or more, and upload the list again after a change. Places are settled by the first
          upload.
        </Trans>
      </p>
      {value.map((group, index) => (
        <GroupFields
          key={index}
          index={index}
          group={group}
          codes={codes}
          onChange={(changed) => onChange(withItem(value, index, changed))}
          onRemove={() => onChange(withoutItem(value, index))}
        />
      ))}
      <button
        type="button"
        className="button"
        onClick={() => onChange([...value, { regions: [], place: "", shards: "1" }])}
      >
        <Trans>Add a group of regions</Trans>
      </button>
      <FieldFaults id="placement-faults" faults={faults} />
    </details>
  );
}

interface GroupFieldsProps {
  index: number;
  group: GroupForm;
  codes: readonly string[];
  onChange: (group: GroupForm) => void;
  onRemove: () => void;
}

function GroupFields({ index, group, codes, onChange, onRemove }: GroupFieldsProps) {
  const { t, i18n } = useLingui();
  const { regions, place, shards } = group;
  const faults = useFieldFaults(`/placement/${index}/regions`);
  const toggle = (region: string) =>
    onChange({
      ...group,
      regions: regions.includes(region)
        ? regions.filter((each) => each !== region)
        : [...regions, region],
    });
  const number = String(index + 1);
  return (
    <fieldset className="rule-part">
      <legend>
        <Trans>Group {number}</Trans>
      </legend>
      <div className="member-choices" id={fieldId(`/placement/${index}/regions`)}>
        {[...new Set([...regions, ...codes])].map((region) => (
          <label key={region} className="choice-option" dir="auto">
            <input
              type="checkbox"
              checked={regions.includes(region)}
              onChange={() => toggle(region)}
            />
            {region}
          </label>
        ))}
      </div>
      <FieldFaults id={`placement-${index}-faults`} faults={faults} />
      <SelectField
        label={t`Where its votes are kept`}
        value={place}
        options={[["", t`Wherever the first of its voters is`], ...placeNames(i18n)]}
        onChange={(chosen) => onChange({ ...group, place: chosen })}
      />
      <FigureField
        pointer={`/placement/${index}/shards`}
        label={t`Parts of its record`}
        value={shards}
        onChange={(written) => onChange({ ...group, shards: written })}
      />
      <button
        type="button"
        className="button quiet"
        aria-label={t`Remove group ${number}`}
        onClick={onRemove}
      >
        <Trans>Remove</Trans>
      </button>
    </fieldset>
  );
}
