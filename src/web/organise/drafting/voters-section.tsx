import { Trans } from "@lingui/react/macro";
import type { SectionProps } from "./edit-form.ts";
import { OptionField } from "./option-field.tsx";
import { RegionsField } from "./regions-field.tsx";
import { SizeField } from "./size-field.tsx";

/** Who votes, and in which regions or chambers. */
export function VotersSection({ form, onEdit }: SectionProps) {
  return (
    <section className="form-fields" aria-labelledby="draft-voters">
      <h2 id="draft-voters">
        <Trans>2. Who votes</Trans>
      </h2>
      <OptionField
        member="electorate"
        options={["roll", "open"]}
        value={form.electorate}
        onChange={(electorate) => onEdit({ electorate })}
      />
      {form.electorate === "open" && <SizeField form={form} onEdit={onEdit} />}
      <RegionsField form={form} onEdit={onEdit} />
    </section>
  );
}
