import { useLingui } from "@lingui/react";
import { Trans } from "@lingui/react/macro";
import { useLocation } from "wouter";
import type { ApiFacets } from "../contract.ts";
import { verdictWord } from "../outcome/verdict-words.ts";
import { statusWords } from "../ui/status-badge.tsx";
import { foundFacetValues, knownFacetValues, type FacetValue } from "./facet-choices.ts";
import { FacetGroup } from "./facet-group.tsx";
import { formatYear } from "./period-words.ts";
import { addressOfForm } from "./search-field.tsx";
import { foundOutcomes, foundStatuses, isNarrowed, type WantedSearch } from "./wanted-search.ts";

export type SearchFacetsProps = {
  formId: string;
  wanted: WantedSearch;
  facets: ApiFacets;
  /** Names of regions, as what was found has them. */
  regionNames: ReadonlyMap<string, string>;
};

/** What a search may be narrowed to. */
export function SearchFacets({ formId, wanted, facets, regionNames }: SearchFacetsProps) {
  const { i18n } = useLingui();
  const [, navigate] = useLocation();
  const { statuses, outcomes, region, owner, year } = wanted;
  const narrow = (form: HTMLFormElement | null): void => {
    if (form !== null) navigate(addressOfForm(form));
  };
  const common = { formId, onChange: narrow };
  const named = (values: FacetValue[], nameOf: (value: string) => string) =>
    values.map((each) => ({ ...each, label: <bdi>{nameOf(each.value)}</bdi> }));
  return (
    <details className="facets" open={isNarrowed(wanted)}>
      <summary>
        <Trans>Narrow what was found</Trans>
      </summary>
      <div className="facet-groups">
        <FacetGroup
          {...common}
          name="status"
          title={<Trans>Status</Trans>}
          choices={knownFacetValues(foundStatuses, {
            chosen: statuses,
            facet: facets.status,
          }).map((each) => ({
            ...each,
            label: i18n._(statusWords[each.value]),
          }))}
        />
        <FacetGroup
          {...common}
          name="outcome"
          title={<Trans>Outcome</Trans>}
          choices={knownFacetValues(foundOutcomes, {
            chosen: outcomes,
            facet: facets.outcome,
          }).map((each) => ({
            ...each,
            label: verdictWord(i18n, each.value),
          }))}
        />
        <FacetGroup
          {...common}
          isSingle
          name="year"
          title={<Trans>Opened in</Trans>}
          choices={named(
            foundFacetValues(
              facets.year.toSorted((a, b) => Number(b.value) - Number(a.value)),
              year,
            ),
            (value) => formatYear(i18n, value),
          )}
        />
        <FacetGroup
          {...common}
          isSingle
          name="region"
          title={<Trans>Region</Trans>}
          choices={named(
            foundFacetValues(facets.region, region),
            (code) => regionNames.get(code) ?? code,
          )}
        />
        <FacetGroup
          {...common}
          isSingle
          name="owner"
          title={<Trans>Organiser</Trans>}
          choices={named(foundFacetValues(facets.owner, owner), (name) => name)}
        />
        <noscript>
          <button type="submit" className="button quiet" form={formId}>
            <Trans>Apply</Trans>
          </button>
        </noscript>
      </div>
    </details>
  );
}
