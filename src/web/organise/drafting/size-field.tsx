import { Trans, useLingui } from "@lingui/react/macro";
import { FigureField } from "../form/text-fields.tsx";
import type { DraftForm } from "./draft-form.ts";
import type { SectionProps } from "./edit-form.ts";

/** How many may vote where there is no list of them, in all and by region. */
export function SizeField({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  const { size } = form;
  const begin = () => onEdit({ size: { voters: "", weight: "", regions: [] } });
  if (size === null) {
    return (
      <div className="form-field" id="field-electorate_size">
        <p className="form-hint">
          <Trans>
            A rule that asks for a share of all who may vote, and any turnout, needs to know how
            many they are.
          </Trans>
        </p>
        <button type="button" className="button" onClick={begin}>
          <Trans>Say how many may vote</Trans>
        </button>
      </div>
    );
  }
  const keep = (changes: Partial<NonNullable<DraftForm["size"]>>) =>
    onEdit({ size: { ...size, ...changes } });
  return (
    <div className="form-fields" id="field-electorate_size">
      <FigureField
        pointer="/electorate_size/voters"
        label={t`How many may vote`}
        hint={<Trans>Everybody can read it. Turnout is told as a share of it.</Trans>}
        value={size.voters}
        onChange={(voters) => keep({ voters })}
      />
      <FigureField
        pointer="/electorate_size/weight"
        label={t`What they weigh together`}
        hint={<Trans>Leave it empty where every vote weighs one.</Trans>}
        value={size.weight}
        onChange={(weight) => keep({ weight })}
      />
      {form.regions.map(({ code, name }, index) => (
        <RegionSize key={index} region={code} name={name || code} size={size} onChange={keep} />
      ))}
      <div className="actions">
        <button type="button" className="button quiet" onClick={() => onEdit({ size: null })}>
          <Trans>Don’t say how many may vote</Trans>
        </button>
      </div>
    </div>
  );
}

type RegionSizeProps = {
  region: string;
  name: string;
  size: NonNullable<DraftForm["size"]>;
  onChange: (changes: Pick<NonNullable<DraftForm["size"]>, "regions">) => void;
};

function RegionSize({ region, name, size, onChange }: RegionSizeProps) {
  const { t } = useLingui();
  const at = size.regions.findIndex((each) => each.region === region);
  const own = size.regions[at] ?? { region, voters: "", weight: "" };
  const keep = (changed: Partial<typeof own>) =>
    onChange({
      regions: [...size.regions.filter((each) => each.region !== region), { ...own, ...changed }],
    });
  return (
    <fieldset className="form-pair">
      <legend dir="auto">{name}</legend>
      <FigureField
        pointer={`/electorate_size/regions/${at}/voters`}
        label={t`Voters`}
        value={own.voters}
        onChange={(voters) => keep({ voters })}
      />
      <FigureField
        pointer={`/electorate_size/regions/${at}/weight`}
        label={t`Weight`}
        value={own.weight}
        onChange={(weight) => keep({ weight })}
      />
    </fieldset>
  );
}
