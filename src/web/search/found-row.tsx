import { useLingui } from "@lingui/react";
import type { FoundDecision } from "../contract.ts";
import { DecisionListItem } from "../list/decision-list-item.tsx";
import { MarkedText } from "./marked-text.tsx";
import { shownHighlights } from "./shown-highlights.ts";

/** A decision that was found, with the words in it. */
export function FoundRow({ found }: { found: FoundDecision }) {
  const { i18n } = useLingui();
  const { title, elsewhere } = shownHighlights(i18n, found);
  return (
    <DecisionListItem
      decision={found.decision}
      title={title === null ? undefined : <MarkedText highlight={title} />}
    >
      {elsewhere === null ? null : (
        <p className="found-text">
          <MarkedText highlight={elsewhere} />
        </p>
      )}
    </DecisionListItem>
  );
}
