import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useRef } from "react";
import { Link } from "wouter";
import { listAddress } from "../app/addresses.ts";
import type { FoundDecision, SearchPage } from "../contract.ts";
import { GrowingRows } from "../list/growing-rows.tsx";
import "../list/list.css";
import { Announcer } from "../ui/announcer.tsx";
import { Notice } from "../ui/notice.tsx";
import { FoundRow } from "./found-row.tsx";
import { IndexFreshness } from "./index-freshness.tsx";
import { SearchFacets } from "./search-facets.tsx";
import { isNarrowed, searchAddress, type WantedSearch } from "./wanted-search.ts";

export type FoundListProps = {
  formId: string;
  wanted: WantedSearch;
  found: UseInfiniteQueryResult<InfiniteData<SearchPage>>;
};

/** What a search has found, and what it may be narrowed to. */
export function FoundList({ formId, wanted, found }: FoundListProps) {
  const { t } = useLingui();
  const { words, after } = wanted;
  const title = useRef<HTMLHeadingElement>(null);
  const first = found.data?.pages[0];
  if (first === undefined) return null;
  const { total, facets } = first;
  const sum = t`${plural(total, { one: "# decision found", other: "# decisions found" })}`;
  return (
    <div className="search-body" aria-busy={found.isPlaceholderData}>
      {facets !== null && (total > 0 || isNarrowed(wanted)) && (
        <SearchFacets
          formId={formId}
          wanted={wanted}
          facets={facets}
          regionNames={namesOfRegions(first.items)}
        />
      )}
      <section className="search-found" aria-labelledby="found-title">
        <div className="section-head">
          <h2 id="found-title" tabIndex={-1} ref={title}>
            {sum}
          </h2>
          {isNarrowed(wanted) && (
            // It goes itself: whoever pressed it reads on with what is found now.
            <Link href={searchAddress({ words })} onClick={() => title.current?.focus()}>
              <Trans>Take all filters away</Trans>
            </Link>
          )}
        </div>
        <GrowingRows
          list={found}
          renderRow={(item) => <FoundRow key={item.decision.id} found={item} />}
          addressAfter={(next) => searchAddress({ ...wanted, after: next })}
        >
          {total === 0 ? <NothingFound wanted={wanted} /> : null}
          {after === null ? null : (
            <Link href={searchAddress({ ...wanted, after: null })}>
              <Trans>From the first on</Trans>
            </Link>
          )}
          <IndexFreshness indexedTo={first.indexed_to} ageMs={first.age_ms} />
        </GrowingRows>
        <Announcer text={found.isPlaceholderData ? "" : sum} quietMs={1_000} />
      </section>
    </div>
  );
}

function NothingFound({ wanted }: { wanted: WantedSearch }) {
  return (
    <Notice title={<Trans>No decision was found</Trans>}>
      <p>
        {isNarrowed(wanted) ? (
          <Trans>Take a filter away, or search for fewer words.</Trans>
        ) : (
          <Trans>Every word has to be in its title or description. Search for fewer words.</Trans>
        )}
      </p>
      <Link className="button" href={listAddress()}>
        <Trans>All decisions</Trans>
      </Link>
    </Notice>
  );
}

/** Of the regions that have one name in all of these decisions. */
function namesOfRegions(items: readonly FoundDecision[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { code, name } of items.flatMap(({ decision }) => decision.regions)) {
    if (!name) continue;
    if ((names.get(code) ?? name) !== name) ambiguous.add(code);
    names.set(code, name);
  }
  for (const code of ambiguous) names.delete(code);
  return names;
}
