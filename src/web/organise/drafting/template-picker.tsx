import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import { presets } from "../../../rules/presets/presets.ts";
import { presetTitle, templateKindWords, templateWords } from "./template-words.ts";
import {
  findTemplate,
  presetTemplate,
  templateKeys,
  type Template,
  type TemplateKind,
} from "./templates.ts";

export type TemplatePickerProps = { onPick: (template: Template, title: string) => void };

const kinds: readonly TemplateKind[] = ["councils", "cooperatives", "basins", "treaties", "people"];

/** Where a draft may begin: with what bodies like one's own have, or with a rule that is known. */
export function TemplatePicker({ onPick }: TemplatePickerProps) {
  const { i18n } = useLingui();
  const box = useRef<HTMLDetailsElement>(null);
  // The list is long: it folds, and whoever has no pointer stays where it was.
  const pick = (template: Template, title: string): void => {
    if (box.current !== null) box.current.open = false;
    box.current?.querySelector("summary")?.focus();
    onPick(template, title);
  };
  return (
    <details className="form-more template-picker" ref={box}>
      <summary>
        <Trans>Begin with a template</Trans>
      </summary>
      <p className="form-hint">
        <Trans>
          A template fills in the rule, the regions it needs and what is published. Your question
          and the time stay, and everything can be changed afterwards.
        </Trans>
      </p>
      {kinds.map((kind) => (
        <div key={kind}>
          <h2>{templateKindWords(i18n, kind)}</h2>
          <ul className="template-list">
            {templateKeys
              .filter((key) => findTemplate(key).kind === kind)
              .map((key) => {
                const { title, when } = templateWords(i18n, key);
                return (
                  <li key={key}>
                    <button
                      type="button"
                      className="template"
                      onClick={() => pick(findTemplate(key), title)}
                    >
                      <strong>{title}</strong>
                      <span className="form-hint">{when}</span>
                    </button>
                  </li>
                );
              })}
          </ul>
        </div>
      ))}
      <div>
        <h2>
          <Trans>Rules of known bodies</Trans>
        </h2>
        <ul className="template-list">
          {presets.map(({ name, title }) => {
            const shown = presetTitle(i18n, name) ?? title;
            const template = presetTemplate(name);
            if (template === null) return null;
            return (
              <li key={name}>
                <button type="button" className="template" onClick={() => pick(template, shown)}>
                  <strong>{shown}</strong>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </details>
  );
}
