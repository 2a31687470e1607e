import { Trans, useLingui } from "@lingui/react/macro";
import { useSearch } from "wouter";
import { lineDirectionOf, languageOf, languages } from "../languages/languages.ts";
import { useMounted } from "../ui/use-mounted.ts";

/** The page in each language. The Worker keeps which was chosen and renders the page anew. */
export function LanguageSwitch() {
  const { i18n, t } = useLingui();
  const search = useSearch();
  const isMounted = useMounted();
  const shown = languageOf(i18n.locale);
  const addressIn = (tag: string): string => {
    const query = new URLSearchParams(search);
    query.set("language", tag);
    return `?${query}`;
  };
  return (
    <>
      <nav className="languages" aria-label={t`Language`}>
        {/* The Worker's may be those of the page before: hydrating leaves attributes as they are. */}
        <ul key={String(isMounted)}>
          {languages.map(({ tag, name }) => (
            <li key={tag}>
              <a
                href={addressIn(tag)}
                lang={tag}
                hrefLang={tag}
                dir={lineDirectionOf(tag)}
                rel="nofollow"
                {...(tag === shown.tag ? { "aria-current": "true" } : {})}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {!shown.isProofread && (
        <p className="unproofread">
          <Trans>
            Nobody who grew up with this language has read the translation yet. Where it is unclear,
            the English text holds.
          </Trans>
        </p>
      )}
    </>
  );
}
