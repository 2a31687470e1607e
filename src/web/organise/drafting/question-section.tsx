import { Trans, useLingui } from "@lingui/react/macro";
import { limits } from "../../../shared/limits.ts";
import { TextField } from "../form/text-fields.tsx";
import type { SectionProps } from "./edit-form.ts";
import { OptionField } from "./option-field.tsx";
import { TranslationsField } from "./translations-field.tsx";

/** What is asked. */
export function QuestionSection({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  return (
    <section className="form-fields" aria-labelledby="draft-question">
      <h2 id="draft-question">
        <Trans>1. What is asked</Trans>
      </h2>
      <TextField
        pointer="/title"
        label={t`Question`}
        hint={
          <Trans>
            One sentence that can be answered with yes or no. It stands on every ballot, and nobody
            can change it once the vote is open.
          </Trans>
        }
        charactersMax={limits.titleCharactersMax}
        value={form.title}
        onChange={(title) => onEdit({ title })}
      />
      <TextField
        pointer="/description"
        label={t`What it is about`}
        hint={
          <Trans>
            Optional: the background that voters read below the question. Links, lists and emphasis
            may be written in Markdown.
          </Trans>
        }
        isLong
        charactersMax={limits.descriptionCharactersMax}
        value={form.description}
        onChange={(description) => onEdit({ description })}
      />
      <TranslationsField form={form} onEdit={onEdit} />
      <OptionField
        member="rehearsal"
        options={["counts", "rehearsal"]}
        value={form.rehearsal ? "rehearsal" : "counts"}
        onChange={(purpose) => onEdit({ rehearsal: purpose === "rehearsal" })}
      />
    </section>
  );
}
