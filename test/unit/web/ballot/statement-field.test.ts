import { I18nProvider } from "@lingui/react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { StatementField } from "../../../../src/web/ballot/statement-field.tsx";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

function rendered(characters: number, complaint = ""): string {
  const written = "x".repeat(characters);
  const field = createElement(StatementField, { written, complaint, onWrite: () => undefined });
  return renderToStaticMarkup(createElement(I18nProvider, { i18n: createI18n("en") }, field));
}

it("counts the characters of the reasons as they are written", () => {
  expect(rendered(0)).toContain("0 of 2,000 characters");
  expect(rendered(2_000)).toContain("2,000 of 2,000 characters");
  expect(rendered(2_001)).toContain("1 character too many");
  expect(rendered(2_002)).toContain("2 characters too many");
});

it("says that they are too long for as long as they are", () => {
  expect(rendered(2_001, "Shorten it first.")).toMatch(/aria-invalid="true".*Shorten it first\./);
  expect(rendered(2_000, "Shorten it first.")).not.toContain("Shorten it first.");
});
