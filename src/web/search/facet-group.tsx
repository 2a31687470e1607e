import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import type { ReactNode } from "react";
import { formatInteger } from "../i18n/format.ts";

/** One value that a search may be narrowed to. */
export interface FacetChoice {
  value: string;
  label: ReactNode;
  isChosen: boolean;
  /** How many would be found with it; null of what is no value. */
  count: number | null;
}

export type FacetGroupProps = {
  /** Of the form that its boxes belong to. */
  formId: string;
  name: string;
  title: ReactNode;
  choices: readonly FacetChoice[];
  /** Only one of them at a time, or all. */
  isSingle?: boolean;
  onChange: (form: HTMLFormElement | null) => void;
};

/** Boxes that narrow a search, with how many each would find. */
export function FacetGroup({
  formId,
  name,
  title,
  choices,
  isSingle = false,
  onChange,
}: FacetGroupProps) {
  const { i18n } = useLingui();
  if (choices.length === 0) return null;
  const isAny = choices.every(({ isChosen }) => !isChosen);
  const any: FacetChoice = { value: "", label: <Trans>Any</Trans>, isChosen: isAny, count: null };
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      {(isSingle ? [any, ...choices] : choices).map(({ value, label, isChosen, count }) => (
        <label key={value}>
          <input
            type={isSingle ? "radio" : "checkbox"}
            form={formId}
            name={name}
            value={value}
            checked={isChosen}
            onChange={({ target }) => onChange(target.form)}
          />
          <span className="facet-label">{label}</span>
          {count === null ? null : <span className="count">{formatInteger(i18n, count)}</span>}
        </label>
      ))}
    </fieldset>
  );
}
