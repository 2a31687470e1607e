import { useLingui } from "@lingui/react/macro";
import type { FoundDecision } from "../contract.ts";
import { QuestionText } from "../decision/question-text.tsx";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";
import { MarkedText } from "./marked-text.tsx";
import { shownHighlights } from "./shown-highlights.ts";

export type SuggestionListProps = {
  id: string;
  items: readonly FoundDecision[];
  active: number | null;
  onChoose: (item: FoundDecision) => void;
};

/** Decisions below a search field; the field keeps the focus and says which one is active. */
export function SuggestionList({ id, items, active, onChoose }: SuggestionListProps) {
  const { i18n, t } = useLingui();
  return (
    <ul
      id={id}
      role="listbox"
      className="suggestions"
      aria-label={t`Suggestions`}
      // Pressed, it would take the focus from the field, which would close it.
      onPointerDown={(event) => event.preventDefault()}
    >
      {items.map((item, index) => {
        const { title } = shownHighlights(i18n, item);
        return (
          <li
            key={item.decision.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onClick={() => onChoose(item)}
          >
            <span className="suggestion-title">
              {title === null ? (
                <QuestionText decision={item.decision} />
              ) : (
                <MarkedText highlight={title} />
              )}
            </span>
            <StatusBadge status={item.decision.status} />
            <RehearsalNote decision={item.decision} />
          </li>
        );
      })}
    </ul>
  );
}
