import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { fieldId, FieldFaults, useFieldFaults } from "../form/form-faults.tsx";
import type { BuiltPart, BuiltRule } from "./built-rule.ts";
import type { DraftForm, RuleForm } from "./draft-form.ts";
import { withItem, withoutItem } from "./edit-form.ts";
import { ruleFormOf } from "./fill-form.ts";
import { GroupsField } from "./groups-field.tsx";
import { newPart, type PartKind } from "./new-part.ts";
import { ruleOfForm } from "./read-form.ts";
import { RulePart } from "./rule-part.tsx";
import { TablesField } from "./tables-field.tsx";

export interface RuleFieldProps {
  rule: RuleForm;
  regions: DraftForm["regions"];
  onChange: (rule: RuleForm) => void;
}

/** A rule, part by part; what the parts can't say stands as JSON. */
export function RuleField({ rule, regions, onChange }: RuleFieldProps) {
  const id = useId();
  const faults = useFieldFaults("/rule");
  return (
    <div
      className="form-fields"
      id={fieldId("/rule")}
      role="group"
      aria-describedby={`${id}-faults`}
    >
      {rule.kind === "built" ? (
        <RuleParts
          rule={rule.rule}
          regions={regions}
          onChange={(changed) => onChange({ kind: "built", rule: changed })}
        />
      ) : (
        <p>
          <Trans>
            This rule says more than the fields here can show, so it is written as JSON below. What
            it asks for stands in words further down.
          </Trans>
        </p>
      )}
      <FieldFaults id={`${id}-faults`} faults={faults} />
      <RuleJson rule={rule} onChange={onChange} />
    </div>
  );
}

type RulePartsProps = {
  rule: BuiltRule;
  regions: DraftForm["regions"];
  onChange: (rule: BuiltRule) => void;
};

function RuleParts({ rule, regions, onChange }: RulePartsProps) {
  const { t } = useLingui();
  const id = useId();
  const { parts } = rule;
  const keep = (changed: BuiltPart[]) => onChange({ ...rule, parts: changed });
  const kinds: [PartKind, string][] = [
    ["quorum", t`Add a quorum`],
    ["majority", t`Add a majority of votes`],
    ["each_region", t`Add: a majority in each region`],
    ["regions", t`Add a majority of regions`],
    ["nobody_against", t`Add: no region against`],
  ];
  return (
    <>
      <ol className="rule-parts">
        {parts.map((part, index) => (
          <li key={index}>
            <RulePart
              part={part}
              index={index}
              rule={rule}
              onChange={(changed) => keep(withItem(parts, index, changed))}
              onRemove={() => keep(withoutItem(parts, index))}
            />
          </li>
        ))}
      </ol>
      <div className="actions">
        {kinds.map(([kind, label]) => (
          <button
            key={kind}
            type="button"
            className="button"
            onClick={() => keep([...parts, newPart(kind, parts)])}
          >
            {label}
          </button>
        ))}
      </div>
      <div className="form-field">
        <label htmlFor={`${id}-tie`}>
          <Trans>Where as many vote yes as no</Trans>
        </label>
        <select
          id={`${id}-tie`}
          value={rule.onTie}
          onChange={({ target }) =>
            onChange({ ...rule, onTie: target.value === "tie" ? "tie" : "not_carried" })
          }
        >
          <option value="not_carried">{t`it is not carried`}</option>
          <option value="tie">{t`it is called a tie, and is not carried`}</option>
        </select>
      </div>
      <div className="form-field">
        <label htmlFor={`${id}-title`}>
          <Trans>What the rule is called</Trans>
        </label>
        <p className="form-hint" id={`${id}-title-hint`}>
          <Trans>Optional, such as “Statutes, article 12”. Readers see it above the rule.</Trans>
        </p>
        <input
          id={`${id}-title`}
          aria-describedby={`${id}-title-hint`}
          type="text"
          className="wide-input"
          dir="auto"
          maxLength={200}
          value={rule.title}
          onChange={({ target }) => onChange({ ...rule, title: target.value })}
        />
      </div>
      <GroupsField rule={rule} regions={regions} onChange={onChange} />
      <TablesField rule={rule} regions={regions} onChange={onChange} />
    </>
  );
}

/** The rule's document, for what the fields can't say; docs/rules.md tells its words. */
function RuleJson({ rule, onChange }: Pick<RuleFieldProps, "rule" | "onChange">) {
  const id = useId();
  const document = ruleOfForm(rule);
  const text = rule.kind === "document" ? rule.text : JSON.stringify(document, null, 2);
  const built = document === null ? null : ruleFormOf(document);
  return (
    <details className="form-more" {...(rule.kind === "document" ? { open: true } : {})}>
      <summary>
        <Trans>The rule as JSON, for what the fields can’t say</Trans>
      </summary>
      <div className="form-field">
        <label htmlFor={id}>
          <Trans>Document of the rule</Trans>
        </label>
        <textarea
          id={id}
          dir="ltr"
          className="json-input"
          spellCheck={false}
          value={text}
          onChange={({ target }) => onChange({ kind: "document", text: target.value })}
        />
        {rule.kind === "document" && built?.kind === "built" && (
          <button type="button" className="button" onClick={() => onChange(built)}>
            <Trans>Show it in fields</Trans>
          </button>
        )}
      </div>
    </details>
  );
}
