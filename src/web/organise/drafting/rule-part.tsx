import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { describeRule } from "../../../rules/describe-rule.ts";
import { parseRule } from "../../../rules/parse-rule.ts";
import { bounds } from "../../../rules/rule.ts";
import { limits } from "../../../shared/limits.ts";
import { conditionWords } from "../../rule/rule-words.ts";
import { FaultText } from "../form/fault-text.tsx";
import { fieldId, useFieldFaults } from "../form/form-faults.tsx";
import { bases, ruleDocument, type BuiltPart, type BuiltRule } from "./built-rule.ts";
import { SelectField } from "./select-field.tsx";

export interface RulePartProps {
  part: BuiltPart;
  index: number;
  /** Whose groups and tables the part may name. */
  rule: BuiltRule;
  onChange: (part: BuiltPart) => void;
  onRemove: () => void;
}

/** One part of a rule as a sentence to fill in, and then in words. */
export function RulePart({ part, index, rule, onChange, onRemove }: RulePartProps) {
  const { t } = useLingui();
  const isFaulty = useFieldFaults(`/rule/requirements/${index}`).length > 0;
  const number = index + 1;
  return (
    <fieldset
      className="rule-part"
      id={fieldId(`/rule/requirements/${index}`)}
      data-faulty={isFaulty}
    >
      <legend>{part.isQuorum ? t`Part ${number}: a quorum` : t`Part ${number}`}</legend>
      {part.kind === "votes" ? (
        <VotesFields part={part} rule={rule} onChange={onChange} />
      ) : (
        <UnitsFields part={part} rule={rule} onChange={onChange} />
      )}
      <label className="choice-option">
        <input
          type="checkbox"
          checked={part.isQuorum}
          onChange={({ target }) => onChange({ ...part, isQuorum: target.checked })}
        />
        <Trans>This is a quorum: without it there is no vote</Trans>
      </label>
      <PartWords part={part} rule={rule} />
      <button
        type="button"
        className="button quiet"
        aria-label={t`Remove part ${number}`}
        onClick={onRemove}
      >
        <Trans>Remove</Trans>
      </button>
    </fieldset>
  );
}

type FieldsProps<Kind extends BuiltPart["kind"]> = {
  part: Extract<BuiltPart, { kind: Kind }>;
  rule: BuiltRule;
  onChange: (part: BuiltPart) => void;
};

function VotesFields({ part, rule, onChange }: FieldsProps<"votes">) {
  const { t } = useLingui();
  const scope = part.scope.kind === "group" ? `group ${part.scope.group}` : part.scope.kind;
  const scopes: [string, string][] = [
    ["whole", t`In all`],
    ["regions", t`In each region`],
    ...rule.groups.map(({ name }): [string, string] => [`group ${name}`, t`In each of “${name}”`]),
  ];
  const baseWords: Record<(typeof bases)[number], string> = {
    for_and_against: t`of yes and no`,
    with_abstentions: t`of yes, no and abstentions`,
    cast: t`of all votes cast`,
    eligible: t`of all who may vote`,
    number: t`votes, as a number`,
  };
  return (
    <div className="rule-sentence">
      <SelectField
        label={t`Where`}
        value={scope}
        options={scopes}
        onChange={(value) =>
          onChange({
            ...part,
            scope: value.startsWith("group ")
              ? { kind: "group", group: value.slice("group ".length) }
              : { kind: value === "regions" ? "regions" : "whole" },
          })
        }
      />
      <SelectField
        label={t`What is counted`}
        value={part.count}
        options={[
          ["yes", t`yes votes`],
          ["no", t`no votes`],
          ["cast", t`all votes cast`],
        ]}
        onChange={(count) => onChange({ ...part, count })}
      />
      <SelectField
        label={t`Counted by`}
        value={part.by}
        options={[
          ["ballots", t`heads: each voter one`],
          ["weight", t`the weight of each vote`],
        ]}
        onChange={(by) => onChange({ ...part, by })}
      />
      <BoundFields part={part} onChange={onChange} />
      <SelectField
        label={t`Of what`}
        value={part.base}
        options={bases.map((base) => [base, baseWords[base]])}
        onChange={(base) => onChange({ ...part, base })}
      />
    </div>
  );
}

function UnitsFields({ part, rule, onChange }: FieldsProps<"units">) {
  const { t } = useLingui();
  return (
    <div className="rule-sentence">
      <SelectField
        label={t`What is counted`}
        value={part.group ?? ""}
        options={[
          ["", t`regions`],
          ...rule.groups.map(({ name }): [string, string] => [name, t`members of “${name}”`]),
        ]}
        onChange={(group) => onChange({ ...part, group: group === "" ? null : group })}
      />
      <SelectField
        label={t`Those that`}
        value={part.that}
        options={[
          ["for", t`have more yes than no`],
          ["against", t`have more no than yes`],
          ["voting", t`vote at all`],
        ]}
        onChange={(that) => onChange({ ...part, that })}
      />
      <SelectField
        label={t`Each counts`}
        value={part.table ?? ""}
        options={[
          ["", t`one`],
          ...rule.tables.map(({ name }): [string, string] => [name, t`its weight in “${name}”`]),
        ]}
        onChange={(table) => onChange({ ...part, table: table === "" ? null : table })}
      />
      <BoundFields part={part} onChange={onChange} />
      <SelectField
        label={t`Of what`}
        value={part.isShare ? "share" : "number"}
        options={[
          ["share", t`of all of them`],
          ["number", t`as a number`],
        ]}
        onChange={(way) => onChange({ ...part, isShare: way === "share" })}
      />
    </div>
  );
}

type BoundFieldsProps = { part: BuiltPart; onChange: (part: BuiltPart) => void };

function BoundFields({ part, onChange }: BoundFieldsProps) {
  const { t } = useLingui();
  const id = useId();
  const words: Record<(typeof bounds)[number], string> = {
    at_least: t`at least`,
    more_than: t`more than`,
    at_most: t`at most`,
    less_than: t`less than`,
  };
  return (
    <>
      <SelectField
        label={t`How many`}
        value={part.bound}
        options={bounds.map((bound) => [bound, words[bound]])}
        onChange={(bound) => onChange({ ...part, bound })}
      />
      <div className="sentence-field">
        <label htmlFor={id}>
          <Trans>Share or number</Trans>
        </label>
        <input
          id={id}
          type="text"
          className="figure-input"
          dir="ltr"
          autoComplete="off"
          list={`${id}-shares`}
          value={part.figure}
          onChange={({ target }) => onChange({ ...part, figure: target.value })}
        />
        <datalist id={`${id}-shares`}>
          {["1/2", "2/3", "3/4", "3/5", "1/3", "1/4", "60 %"].map((share) => (
            <option key={share} value={share} />
          ))}
        </datalist>
      </div>
    </>
  );
}

/** The part in words, as readers will have it. */
function PartWords({ part, rule }: { part: BuiltPart; rule: BuiltRule }) {
  const { i18n } = useLingui();
  const parsed = parseRule(ruleDocument({ ...rule, parts: [part] }), limits);
  if ("faults" in parsed) {
    const [fault] = parsed.faults;
    return (
      <p className="form-error" role="status">
        {fault !== undefined && <FaultText fault={{ ...fault, isOfApi: true }} />}
      </p>
    );
  }
  const [described] = describeRule(parsed.rule).requirements;
  if (described === undefined) return null;
  return (
    <p className="rule-part-words">
      <Trans>In words: {conditionWords(i18n, described.clause)}.</Trans>
    </p>
  );
}
