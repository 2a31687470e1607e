import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiChoice, ApiRegion } from "../contract.ts";
import { choiceWord } from "../results/choice-words.ts";
import type { VoteFilter } from "./local-rows.ts";

export type FilterBarProps = {
  filter: VoteFilter;
  regions: readonly ApiRegion[];
  onFilter: (filter: VoteFilter) => void;
};

const choices: readonly ApiChoice[] = ["yes", "no", "abstain"];

/** Which votes are listed. */
export function FilterBar({ filter, regions, onFilter }: FilterBarProps) {
  const { t, i18n } = useLingui();
  const choiceOf = (value: string) => choices.find((choice) => choice === value) ?? null;
  return (
    <div className="votes-filter">
      <label>
        <Trans>Vote</Trans>
        <select
          value={filter.choice ?? ""}
          onChange={({ target }) => onFilter({ ...filter, choice: choiceOf(target.value) })}
        >
          <option value="">{t`All`}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceWord(i18n, choice)}
            </option>
          ))}
        </select>
      </label>
      {regions.length === 0 ? null : (
        <label>
          <Trans>Region</Trans>
          <select
            value={filter.region ?? ""}
            onChange={({ target }) =>
              onFilter({ ...filter, region: target.value === "" ? null : target.value })
            }
          >
            <option value="">{t`All`}</option>
            {regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
