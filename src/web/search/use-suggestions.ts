import { useQuery } from "@tanstack/react-query";
import { useState, type KeyboardEvent } from "react";
import { useReadApi } from "../api/read-api-context.ts";
import { suggestionsQuery } from "../api/search-queries.ts";
import type { FoundDecision } from "../contract.ts";
import { moveActive } from "./move-active.ts";
import { useSettled } from "./use-settled.ts";

/** Whoever types pauses for less between two letters of a word. */
const pauseMs = 200;
/** One letter is in nearly every title. */
const charactersMin = 2;

export interface Suggestions {
  isShown: boolean;
  items: readonly FoundDecision[];
  /** The index of the one that Enter would choose; null where it would search. */
  active: number | null;
  type: (typed: string) => void;
  close: () => void;
  choose: (item: FoundDecision) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

const none: readonly FoundDecision[] = [];

/** Decisions that fit what is being typed; `go` leads to the one that is chosen, by its id. */
export function useSuggestions(go: (id: string) => void): Suggestions {
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  // By its id: what is asked for next may bring it elsewhere.
  const [activeId, setActiveId] = useState<string | null>(null);
  const words = useSettled(typed.trim(), pauseMs);
  const isAsked = isOpen && words.length >= charactersMin;
  const { data } = useQuery({
    ...suggestionsQuery(useReadApi(), words),
    enabled: isAsked,
    // Until the next ones come, these stay.
    placeholderData: (before) => before,
  });
  const items = isAsked ? (data ?? none) : none;
  const isShown = items.length > 0;
  const place = items.findIndex(({ decision }) => decision.id === activeId);
  const active = place === -1 ? null : place;

  const close = (): void => {
    setOpen(false);
    setActiveId(null);
  };
  const choose = ({ decision: { id } }: FoundDecision): void => {
    close();
    go(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter and arrows belong to whatever puts letters together.
    if (!isShown || event.nativeEvent.isComposing) return;
    const chosen = active === null ? undefined : items[active];
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen !== undefined) choose(chosen);
    else {
      const moved = moveActive(active, { key: event.key, count: items.length });
      if (moved === undefined) return;
      setActiveId(moved === null ? null : (items[moved]?.decision.id ?? null));
    }
    event.preventDefault();
  };
  return {
    isShown,
    items,
    active,
    type: (text) => {
      setTyped(text);
      setOpen(true);
      setActiveId(null);
    },
    close,
    choose,
    onKeyDown,
  };
}
