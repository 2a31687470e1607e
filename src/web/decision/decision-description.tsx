import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import "./description.css";
import { hasMarkup } from "./has-markup.ts";

/** What stays above the fold of a phone beside the result. */
const shortCharacters = 320;

/** What renders Markdown is a quarter of the page's scripts: it comes when the page is up. */
const DescriptionMarkdown = lazy(async () => {
  await untilPageIsUp();
  return import("./description-markdown.tsx");
});

/** The organiser's own words, folded where they are long. */
export function DecisionDescription({ text }: { text: string }) {
  const isLong = text.length > shortCharacters;
  const [isFolded, setFolded] = useState(isLong);
  return (
    <div>
      {/* A link that is out of sight comes into it with the keyboard's focus. */}
      <div
        className={isFolded ? "description folded" : "description"}
        dir="auto"
        onFocus={() => setFolded(false)}
      >
        {hasMarkup(text) ? (
          // What the Worker has rendered stays until the renderer is there.
          <Suspense fallback={<p>{text}</p>}>
            <DescriptionMarkdown text={text} />
          </Suspense>
        ) : (
          <p>{text}</p>
        )}
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

async function untilPageIsUp(): Promise<void> {
  if (typeof document === "undefined" || document.readyState === "complete") return;
  await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}
