import type { Messages } from "@lingui/core";

/** A part of the web app with catalogues of its own. */
export type MessagePart = "site" | "organise";

type Catalogue = () => Promise<{ default: Messages }>;

const catalogues: Record<MessagePart, Record<string, Catalogue>> = {
  site: {
    ar: () => import("../locales/ar/site.po"),
    es: () => import("../locales/es/site.po"),
    fr: () => import("../locales/fr/site.po"),
    ru: () => import("../locales/ru/site.po"),
    zh: () => import("../locales/zh/site.po"),
  },
  organise: {
    ar: () => import("../locales/ar/organise.po"),
    es: () => import("../locales/es/organise.po"),
    fr: () => import("../locales/fr/organise.po"),
    ru: () => import("../locales/ru/organise.po"),
    zh: () => import("../locales/zh/organise.po"),
  },
};

/** The messages of a part in the language of a locale; none for English, which is in the sources. */
export async function loadMessages(locale: string, part: MessagePart): Promise<Messages> {
  const load = catalogues[part][locale.split("-")[0] ?? ""];
  return load === undefined ? {} : (await load()).default;
}
