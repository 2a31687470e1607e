import { defaultPreset, type RuleDocument } from "../../src/decision/decision-rule.ts";
import { findPreset } from "../../src/rules/presets/presets.ts";
import { invariant } from "../../src/shared/invariant.ts";

/** The document of the rule that a decision has when nobody says otherwise. */
export function defaultRule(): RuleDocument {
  const preset = findPreset(defaultPreset);
  invariant(preset !== null, "the default is among the presets");
  return preset.rule;
}
