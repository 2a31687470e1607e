import { Trans, useLingui } from "@lingui/react/macro";
import { ChoiceField } from "../form/choice-field.tsx";
import { FigureField, TextField } from "../form/text-fields.tsx";
import type { DraftForm } from "./draft-form.ts";
import type { SectionProps } from "./edit-form.ts";
import { LocationHintsField } from "./location-hints-field.tsx";
import { PlacementField } from "./placement-field.tsx";
import { OptionalFigure } from "./optional-figure.tsx";
import { OptionField } from "./option-field.tsx";

/** What is seen of votes, and when. */
export function SecrecySection({ form, onEdit }: SectionProps) {
  return (
    <section className="form-fields" aria-labelledby="draft-secrecy">
      <h2 id="draft-secrecy">
        <Trans>5. What is seen</Trans>
      </h2>
      <OptionField
        member="disclosure"
        options={["roll_call", "pseudonymous", "aggregate"]}
        value={form.disclosure}
        onChange={(disclosure) => onEdit({ disclosure })}
      />
      <OptionField
        member="visibility"
        options={["live", "turnout", "sealed"]}
        value={form.visibility}
        onChange={(visibility) => onEdit({ visibility })}
      />
      <OptionField
        member="revote_policy"
        options={["final", "revisable"]}
        value={form.revotePolicy}
        onChange={(revotePolicy) => onEdit({ revotePolicy })}
      />
    </section>
  );
}

/** Everything else, which has good defaults. */
export function DetailsSection({ form, onEdit }: SectionProps) {
  return (
    <details className="form-more" id="draft-details">
      <summary>
        <Trans>
          Everything else: ending early, polling stations, login, small groups, retention, scale
        </Trans>
      </summary>
      <p className="form-hint">
        <Trans>
          These have values that fit most votes. Leave them where you don’t know better.
        </Trans>
      </p>
      <div className="form-fields">
        <EndingFields form={form} onEdit={onEdit} />
        <OptionField
          member="stations"
          options={["first_wins", "overrides", "none"]}
          value={form.stations}
          onChange={(stations) => onEdit({ stations })}
        />
        {form.electorate === "roll" && (
          <OptionField
            member="voter_ids"
            options={["case_mapped", "case_preserved"]}
            value={form.voterIds}
            onChange={(voterIds) => onEdit({ voterIds })}
          />
        )}
        <SmallFigures form={form} onEdit={onEdit} />
        <LoginField form={form} onEdit={onEdit} />
        <RetentionField form={form} onEdit={onEdit} />
        <ScaleFields form={form} onEdit={onEdit} />
      </div>
    </details>
  );
}

function EndingFields({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  return (
    <>
      <OptionField
        member="ends_early"
        options={["never", "by_organiser", "by_rule"]}
        value={form.endsEarly}
        onChange={(endsEarly) => onEdit({ endsEarly })}
      />
      <OptionalFigure
        pointer="/extension"
        label={t`Extension after a late quorum`}
        without={t`The end is the end`}
        withLabel={t`Go on once, where the quorum is reached in the last minutes`}
        figureLabel={t`Minutes`}
        hint={
          <Trans>
            Where the quorum comes in the last so many minutes, voting goes on once for as many, so
            that nobody wins by waiting. Needs a rule with a quorum, and results shown live.
          </Trans>
        }
        value={form.extensionMinutes}
        first="30"
        onChange={(extensionMinutes) => onEdit({ extensionMinutes })}
      />
    </>
  );
}

function SmallFigures({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  return (
    <>
      {form.disclosure !== "roll_call" && (
        <>
          <FigureField
            pointer="/release_min"
            label={t`Steps in which results are released`}
            hint={
              <Trans>
                While voting goes on, a region’s figures move only when so many more have voted
                there, so that no single vote can be read from a change. More hides better and shows
                later.
              </Trans>
            }
            value={form.releaseMin}
            onChange={(releaseMin) => onEdit({ releaseMin })}
          />
          <FigureField
            pointer="/small_cells_min"
            label={t`Smallest group that is shown`}
            hint={
              <Trans>
                After the close a region is told by itself only where so many share region and
                weight, and never where they are fewer than ten. 0 leaves it at ten.
              </Trans>
            }
            value={form.smallCellsMin}
            onChange={(smallCellsMin) => onEdit({ smallCellsMin })}
          />
        </>
      )}
      <FigureField
        pointer="/weight_max"
        label={t`Largest weight of a vote`}
        hint={
          <Trans>
            The most that a ballot or a polling station may say a vote weighs. A list of voters has
            its own weights and no such bound.
          </Trans>
        }
        value={form.weightMax}
        onChange={(weightMax) => onEdit({ weightMax })}
      />
    </>
  );
}

function LoginField({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  const { login } = form;
  const keep = (changes: Partial<NonNullable<DraftForm["login"]>>) =>
    onEdit({ login: login === null ? null : { ...login, ...changes } });
  return (
    <>
      <ChoiceField
        pointer={login === null ? "/login" : "/login/way"}
        label={t`Login of voters`}
        options={[
          {
            value: "none",
            label: t`With a ballot that you send them`,
            consequence: t`Each voter gets a link, on paper or by mail.`,
          },
          {
            value: "login",
            label: t`Also by a login that they have already`,
            consequence: t`Whoever logs in there gets a ballot. Only a login service that this site trusts is taken.`,
          },
        ]}
        value={login === null ? "none" : "login"}
        onChange={(way) =>
          onEdit({
            login: way === "none" ? null : { issuer: "", voterClaim: "sub", regionClaim: "" },
          })
        }
      />
      {login !== null && (
        <>
          <TextField
            pointer="/login/issuer"
            label={t`Address of the login service`}
            hint={<Trans>As its operator names it, such as https://login.example.org</Trans>}
            value={login.issuer}
            onChange={(issuer) => keep({ issuer })}
          />
          <TextField
            pointer="/login/voter_claim"
            label={t`Claim that names the voter`}
            hint={
              <Trans>Its value is the voter’s number on your list, such as “sub” or “email”.</Trans>
            }
            value={login.voterClaim}
            onChange={(voterClaim) => keep({ voterClaim })}
          />
          <TextField
            pointer="/login/region_claim"
            label={t`Claim that names the region`}
            hint={<Trans>Only without a list of voters, which says the region itself.</Trans>}
            value={login.regionClaim}
            onChange={(regionClaim) => keep({ regionClaim })}
          />
        </>
      )}
    </>
  );
}

function RetentionField({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  return (
    <OptionalFigure
      pointer="/retention"
      label={t`Forgetting voters and votes`}
      without={t`Keep everything`}
      withLabel={t`Forget them some days after certification`}
      figureLabel={t`Days`}
      hint={
        <Trans>
          The list of voters, keys and single votes can be forgotten for good, by themselves and on
          time. The terms, the result and what was published stay for ever. Afterwards nobody can
          look up or recount a single vote here.
        </Trans>
      }
      value={form.retentionDays}
      first="90"
      onChange={(retentionDays) => onEdit({ retentionDays })}
    />
  );
}

function ScaleFields({ form, onEdit }: SectionProps) {
  const { t } = useLingui();
  return (
    <>
      <FigureField
        pointer="/expected_watchers"
        label={t`Expected watchers`}
        hint={
          <Trans>
            How many will watch the results live at one time. Above 500 the votes get a place of
            their own, so that watchers do not slow them down.
          </Trans>
        }
        value={form.expectedWatchers}
        onChange={(expectedWatchers) => onEdit({ expectedWatchers })}
      />
      <FigureField
        pointer="/shards"
        label={t`Parts of the record`}
        hint={
          <Trans>
            One takes a few hundred votes a second, which is plenty for 100,000 voters in a day.
            Take more for a vote of millions in an hour, 64 at the most.
          </Trans>
        }
        value={form.shards}
        onChange={(shards) => onEdit({ shards })}
      />
      <LocationHintsField
        value={form.locationHints}
        onChange={(locationHints) => onEdit({ locationHints })}
      />
      {form.electorate === "open" ? null : (
        <PlacementField
          value={form.placement}
          regions={form.regions}
          onChange={(placement) => onEdit({ placement })}
        />
      )}
    </>
  );
}
