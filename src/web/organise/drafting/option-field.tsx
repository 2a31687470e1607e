import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ChoiceField } from "../form/choice-field.tsx";
import { memberLabel, optionWords, type ChoiceMember } from "./member-words.ts";

export interface OptionFieldProps<Value extends string> {
  member: ChoiceMember;
  options: readonly Value[];
  value: Value;
  hint?: ReactNode;
  onChange: (value: Value) => void;
}

/** A field of the draft that is one of a few words, each with its consequence. */
export function OptionField<Value extends string>(props: OptionFieldProps<Value>) {
  const { member, options, value, hint, onChange } = props;
  const { i18n } = useLingui();
  return (
    <ChoiceField
      pointer={`/${member}`}
      label={memberLabel(i18n, member)}
      {...(hint === undefined ? {} : { hint })}
      options={options.map((option) => ({ value: option, ...optionWords(i18n, member, option) }))}
      value={value}
      onChange={onChange}
    />
  );
}
