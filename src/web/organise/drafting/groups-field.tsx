import { Trans, useLingui } from "@lingui/react/macro";
import type { BuiltGroup, BuiltRule } from "./built-rule.ts";
import type { DraftForm } from "./draft-form.ts";
import { withItem, withoutItem } from "./edit-form.ts";
import { MemberChoices } from "./member-choices.tsx";
import { PartName, RemovablePart } from "./removable-part.tsx";

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
  const { name, members } = group;
  return (
    <RemovablePart legend={name} removeLabel={t`Remove group ${name}`} onRemove={onRemove}>
      <PartName
        label={<Trans>Name of the group</Trans>}
        name={name}
        onChange={(changed) => onChange({ name: changed, members })}
      />
      <MemberChoices
        members={members}
        candidates={candidates}
        onChange={(changed) => onChange({ name, members: changed })}
      />
    </RemovablePart>
  );
}
