import { I18nProvider } from "@lingui/react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, it, vi } from "vitest";
import { receiptLink } from "../../../../src/web/ballot/receipt-link.ts";
import ReceiptQr from "../../../../src/web/ballot/receipt-qr.tsx";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { QrCode } from "../../../../src/web/ui/qr-code.tsx";
import { vectorReceipt, vectorVote } from "../../../support/vector-receipt.ts";

const { choice, nonce } = vectorVote;
const ballot = { choice, nonce, receipt: vectorReceipt, publicKey: null };
const origin = "https://vote.example";

afterEach(() => vi.unstubAllGlobals());

it("shows the link to the check on this site, as a camera opens it", () => {
  vi.stubGlobal("location", { origin });
  const i18n = createI18n("en");
  const shown = createElement(I18nProvider, { i18n }, createElement(ReceiptQr, { ballot }));
  const code = { text: receiptLink(ballot, origin), correction: "L" } as const;
  const label = "QR code of your whole receipt";
  const expected = renderToStaticMarkup(createElement(QrCode, { ...code, label }));
  expect(renderToStaticMarkup(shown)).toContain(expected);
});
