import { Trans, useLingui } from "@lingui/react/macro";
import { ChoiceField } from "../form/choice-field.tsx";
import type { SectionProps } from "./edit-form.ts";
import { MomentField } from "./moment-field.tsx";
import { ZoneField } from "./zone-field.tsx";

/** When voting begins and ends. */
export function TimeSection({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  const { opens, closes, timeZone } = form;
  return (
    <section className="form-fields" aria-labelledby="draft-time">
      <h2 id="draft-time">
        <Trans>4. When</Trans>
      </h2>
      <ZoneField value={timeZone} onChange={(zone) => onEdit({ timeZone: zone })} />
      <ChoiceField
        pointer={opens === null ? "/opens_at" : "/opens_at/way"}
        label={t`Voting begins`}
        options={[
          {
            value: "open",
            label: t`As soon as it is opened`,
            consequence: t`Nothing opens by itself: you open it on its page once all is ready.`,
          },
          {
            value: "at",
            label: t`At a set time`,
            consequence: t`You still open it yourself before that, which freezes its terms; votes are taken from this time on.`,
          },
        ]}
        value={opens === null ? "open" : "at"}
        onChange={(way) => onEdit({ opens: way === "at" ? { local: "", which: null } : null })}
      />
      {opens !== null && (
        <MomentField
          pointer="/opens_at"
          label={t`Beginning`}
          moment={opens}
          timeZone={timeZone}
          onChange={(moment) => onEdit({ opens: moment })}
        />
      )}
      <ChoiceField
        pointer={closes === null ? "/closes_at" : "/closes_at/way"}
        label={t`Voting ends`}
        options={[
          {
            value: "at",
            label: t`At a set time`,
            consequence: t`It closes by itself. A vote that comes later is refused, whatever its reason.`,
          },
          {
            value: "close",
            label: t`When you close it`,
            consequence: t`No end is set, and you may close it at any moment: everybody sees that.`,
          },
        ]}
        value={closes === null ? "close" : "at"}
        onChange={(way) =>
          onEdit(
            way === "at"
              ? { closes: { local: "", which: null }, endsEarly: "never" }
              : { closes: null, endsEarly: "by_organiser", extensionMinutes: null },
          )
        }
      />
      {closes !== null && (
        <MomentField
          pointer="/closes_at"
          label={t`End`}
          moment={closes}
          timeZone={timeZone}
          onChange={(moment) => onEdit({ closes: moment })}
        />
      )}
    </section>
  );
}
