import { Trans, useLingui } from "@lingui/react/macro";
import { fieldId, FieldFaults, useFieldFaults } from "../form/form-faults.tsx";
import { FigureField } from "../form/text-fields.tsx";
import type { DraftForm, GroupForm } from "./draft-form.ts";
import { withItem, withoutItem } from "./edit-form.ts";
import { placeNames } from "./location-hints-field.tsx";
import { MemberChoices } from "./member-choices.tsx";
import { RemovablePart } from "./removable-part.tsx";
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
  const number = String(index + 1);
  return (
    <RemovablePart
      legend={<Trans>Group {number}</Trans>}
      removeLabel={t`Remove group ${number}`}
      onRemove={onRemove}
    >
      <MemberChoices
        id={fieldId(`/placement/${index}/regions`)}
        members={regions}
        candidates={codes}
        onChange={(changed) => onChange({ ...group, regions: changed })}
      />
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
    </RemovablePart>
  );
}
