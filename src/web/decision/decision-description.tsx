import { Trans } from "@lingui/react/macro";
import { memo, Suspense, useState } from "react";
import { lazyRendered } from "../app/lazy-rendered.ts";
import "./description.css";
import { hasMarkup } from "./has-markup.ts";

/** What stays above the fold of a phone beside the result. */
const shortCharacters = 320;

/** What renders Markdown is a quarter of the page's scripts. */
const DescriptionMarkdown = lazyRendered(".markdown", () => import("./description-markdown.tsx"));

export type DecisionDescriptionProps = { text: string; language: string | undefined };

/** The organiser's own words, folded where they are long. */
export function DecisionDescription({ text, language }: DecisionDescriptionProps) {
  const isLong = text.length > shortCharacters;
  const [isFolded, setFolded] = useState(isLong);
  return (
    <div>
      {/* A link that is out of sight comes into it with the keyboard's focus. */}
      <div
        className={isFolded ? "description folded" : "description"}
        dir="auto"
        lang={language}
        onFocus={() => setFolded(false)}
      >
        <DescriptionText text={text} />
      </div>
      {isLong && (
        <button
          type="button"
          className="button quiet"
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? <Trans>Read the full text</Trans> : <Trans>Show less</Trans>}
        </button>
      )}
    </div>
  );
}

const DescriptionText = memo(function DescriptionText({ text }: { text: string }) {
  if (!hasMarkup(text)) return <p>{text}</p>;
  return (
    <Suspense fallback={<p>{text}</p>}>
      <div className="markdown">
        <DescriptionMarkdown text={text} />
      </div>
    </Suspense>
  );
});
