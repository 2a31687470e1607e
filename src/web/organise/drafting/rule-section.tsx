import { Trans } from "@lingui/react/macro";
import type { SectionProps } from "./edit-form.ts";
import { RuleField } from "./rule-field.tsx";
import { RulePreview } from "./rule-preview.tsx";

/** When it is carried. */
export function RuleSection({ form, onEdit }: SectionProps) {
  const { rule, regions } = form;
  return (
    <section className="form-fields" aria-labelledby="draft-rule">
      <h2 id="draft-rule">
        <Trans>3. When it is carried</Trans>
      </h2>
      <p className="form-hint">
        <Trans>
          Every part has to hold. Where a part is a quorum and is missed, there is no vote at all,
          whatever the rest says. The rule is frozen when the vote opens.
        </Trans>
      </p>
      <RulePreview rule={rule} regions={regions} />
      <details className="form-more">
        <summary>
          <Trans>Change the rule part by part</Trans>
        </summary>
        <RuleField
          rule={rule}
          regions={regions}
          onChange={(changed) => onEdit({ rule: changed })}
        />
      </details>
    </section>
  );
}
