import type { I18n } from "@lingui/core";
import type { QueryClient } from "@tanstack/react-query";
import type { ComponentType } from "react";
import type { ReadApi } from "../api/read-api.ts";

/** Values of the address: named parts of the path, and the query. */
export type PageAddress = { params: Record<string, string>; search: URLSearchParams };

/** What a page stands for outside itself: a tab, a search engine, a chat that shows the link. */
export type PageSummary = { title: string; description?: string };

/** What a page may read of what was loaded, and say it in the reader's language. */
export type PageLoad = PageAddress & { queryClient: QueryClient; i18n: I18n };

/** What the module of a route exports as its default. */
export type PageModule = {
  Page: ComponentType;
  /**
   * Reads what the page shows first, before it is rendered. A refusal stays in the query and is
   * shown there.
   */
  load?: (address: PageLoad & { ask: ReadApi }) => Promise<unknown>;
  summarize: (loaded: PageLoad) => PageSummary;
};
