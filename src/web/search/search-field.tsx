import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useRef, type SyntheticEvent } from "react";
import { useLocation } from "wouter";
import { decisionAddress } from "../app/addresses.ts";
import { Announcer } from "../ui/announcer.tsx";
import { readWantedSearch, searchAddress } from "./wanted-search.ts";
import "./search-field.css";
import { SuggestionList } from "./suggestion-list.tsx";
import { useSuggestions } from "./use-suggestions.ts";

export type SearchFieldProps = {
  /** What was searched for. */
  words: string;
  /** Of the form, for boxes that stand elsewhere on the page and belong to it. */
  formId?: string;
};

/** As many as a search may have (the API's `q`). */
const charactersMax = 200;

/** What a form asks for, with the boxes that belong to it. */
export function addressOfForm(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") query.append(name, value);
  }
  return searchAddress(readWantedSearch(query));
}

/**
 * Searches decisions, and suggests some while words are typed: a combobox with a list (WAI-ARIA APG).
 * Without scripts it is a form.
 */
export function SearchField({ words, formId }: SearchFieldProps) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const suggestions = useSuggestions((id) => navigate(decisionAddress(id)));
  const { isShown, items, active } = suggestions;
  const spoken = t`${plural(items.length, { one: "# suggestion", other: "# suggestions" })}`;
  useEffect(() => {
    // The address has changed: what was typed is searched for, or Back was pressed.
    if (input.current !== null) input.current.value = words;
  }, [words]);

  const search = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    suggestions.close();
    navigate(addressOfForm(event.currentTarget));
  };

  return (
    <form role="search" className="search-field" action="/search" id={formId} onSubmit={search}>
      <div className="search-box">
        <input
          ref={input}
          type="text"
          name="q"
          role="combobox"
          aria-label={t`Search decisions`}
          placeholder={t`Search decisions`}
          aria-autocomplete="list"
          aria-expanded={isShown}
          aria-controls={isShown ? listId : undefined}
          aria-activedescendant={active === null ? undefined : `${listId}-${active}`}
          autoComplete="off"
          enterKeyHint="search"
          maxLength={charactersMax}
          defaultValue={words}
          onChange={({ target }) => suggestions.type(target.value)}
          onKeyDown={suggestions.onKeyDown}
          onBlur={suggestions.close}
        />
        {isShown && (
          <SuggestionList id={listId} items={items} active={active} onChoose={suggestions.choose} />
        )}
      </div>
      <button type="submit" className="button quiet">
        <Trans>Search</Trans>
      </button>
      <Announcer text={isShown ? spoken : ""} quietMs={1_000} />
    </form>
  );
}
