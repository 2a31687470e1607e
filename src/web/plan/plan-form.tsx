import { useLingui } from "@lingui/react";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { MessageDescriptor } from "@lingui/core";
import type { PlanInput } from "../../planner/plan-input.ts";
import { planAddress } from "../app/addresses.ts";
import { PlanField } from "./plan-field.tsx";
import { databaseWords, logWords } from "./plan-words.ts";
import { planFigures } from "./wanted-plan.ts";

export type PlanFormProps = {
  input: PlanInput;
  onChange: (changed: Partial<PlanInput>) => void;
};

/** What is planned for. Without scripts it is a form whose answer is the same page. */
export function PlanForm({ input, onChange }: PlanFormProps) {
  return (
    <form className="plan-form" method="get" action={planAddress}>
      {planFigures.map((name) => (
        <PlanField
          key={name}
          name={name}
          value={input[name]}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
      <label className="plan-tick">
        <input
          type="checkbox"
          name="rollCall"
          checked={input.isRollCall}
          onChange={({ target }) => onChange({ isRollCall: target.checked })}
        />
        <span>
          <Trans>Roll call: each vote is published with its voter's name</Trans>
        </span>
      </label>
      <PlanChoice
        title={<Trans>Database</Trans>}
        name="database"
        words={databaseWords}
        value={input.database}
        onChange={(database) => onChange({ database })}
      />
      <PlanChoice
        title={<Trans>Vote log</Trans>}
        name="log"
        words={logWords}
        value={input.log}
        onChange={(log) => onChange({ log })}
      />
      <button type="submit" className="button quiet">
        <Trans>Keep this plan in the address</Trans>
      </button>
    </form>
  );
}

interface PlanChoiceProps<Value extends string> {
  title: ReactNode;
  name: string;
  words: Readonly<Record<Value, MessageDescriptor>>;
  value: Value | null;
  onChange: (value: Value | null) => void;
}

function PlanChoice<Value extends string>(props: PlanChoiceProps<Value>) {
  const { title, name, words, value, onChange } = props;
  const { i18n } = useLingui();
  // The keys are those of the record, each once.
  const values = Object.keys(words) as Value[];
  return (
    <label className="plan-choice">
      <span>{title}</span>
      <select
        name={name}
        value={value ?? ""}
        onChange={({ target }) => onChange(values.find((each) => each === target.value) ?? null)}
      >
        <option value="">
          <Trans>The one that is recommended</Trans>
        </option>
        {values.map((each) => (
          <option key={each} value={each}>
            {i18n._(words[each])}
          </option>
        ))}
      </select>
    </label>
  );
}
