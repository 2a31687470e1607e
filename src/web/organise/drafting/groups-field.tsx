import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { BuiltGroup, BuiltRule } from "./built-rule.ts";
import type { DraftForm } from "./draft-form.ts";
import { withItem, withoutItem } from "./edit-form.ts";

export interface RuleNamesProps {
  rule: BuiltRule;
  regions: DraftForm["regions"];
  onChange: (rule: BuiltRule) => void;
}

/** Regions under one name, so that a part of the rule can ask for them: houses, chambers, states. */
export function GroupsField({ rule, regions, onChange }: RuleNamesProps) {
  const { groups } = rule;
  const keep = (changed: BuiltGroup[]) => onChange({ ...rule, groups: changed });
  if (regions.length === 0 && groups.length === 0) return null;
  return (
    <details className="form-more">
      <summary>
        <Trans>Groups: several regions as one chamber or house</Trans>
      </summary>
      <p className="form-hint">
        <Trans>
          A group of regions counts as one unit where another group has it for a member: so two
          houses of many regions are a group of two groups.
        </Trans>
      </p>
      {groups.map((group, index) => (
        <GroupFields
          key={index}
          group={group}
          candidates={[
            ...regions.map(({ code }) => code).filter((code) => code !== ""),
            ...groups.filter((_, at) => at !== index).map(({ name }) => name),
          ]}
          onChange={(changed) => keep(withItem(groups, index, changed))}
          onRemove={() => keep(withoutItem(groups, index))}
        />
      ))}
      <button
        type="button"
        className="button"
        onClick={() => keep([...groups, { name: `group_${groups.length + 1}`, members: [] }])}
      >
        <Trans>Add a group</Trans>
      </button>
    </details>
  );
}

interface GroupFieldsProps {
  group: BuiltGroup;
  /** What may be a member of it. */
  candidates: readonly string[];
  onChange: (group: BuiltGroup) => void;
  onRemove: () => void;
}

function GroupFields({ group, candidates, onChange, onRemove }: GroupFieldsProps) {
  const { t } = useLingui();
  const id = useId();
  const { name, members } = group;
  const toggle = (member: string) =>
    onChange({
      name,
      members: members.includes(member)
        ? members.filter((each) => each !== member)
        : [...members, member],
    });
  return (
    <fieldset className="rule-part">
      <legend dir="auto">{name}</legend>
      <div className="sentence-field">
        <label htmlFor={id}>
          <Trans>Name of the group</Trans>
        </label>
        <input
          id={id}
          type="text"
          dir="auto"
          value={name}
          onChange={({ target }) => onChange({ name: target.value, members })}
        />
      </div>
      <div className="member-choices">
        {[...new Set([...members, ...candidates])].map((member) => (
          <label key={member} className="choice-option" dir="auto">
            <input
              type="checkbox"
              checked={members.includes(member)}
              onChange={() => toggle(member)}
            />
            {member}
          </label>
        ))}
      </div>
      <button
        type="button"
        className="button quiet"
        aria-label={t`Remove group ${name}`}
        onClick={onRemove}
      >
        <Trans>Remove</Trans>
      </button>
    </fieldset>
  );
}
