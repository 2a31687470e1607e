import { formatter } from "@lingui/format-po";
import { compileMessage, type CompiledMessage } from "@lingui/message-utils/compileMessage";
import { pseudoLocalize } from "./pseudo-localize.ts";

const po = formatter();

/** The English messages of a PO file, for a build that shows what is none of them. */
export async function compilePseudoCatalogue(
  text: string,
): Promise<Record<string, CompiledMessage>> {
  const catalogue = await read(text);
  return Object.fromEntries(
    Object.entries(catalogue).map(([id, { message = "" }]) => [
      id,
      compileMessage(message, pseudoLocalize),
    ]),
  );
}

/** The translated messages of a PO file, parsed as ICU MessageFormat, by their ids. */
export async function compileCatalogue(text: string): Promise<Record<string, CompiledMessage>> {
  const catalogue = await read(text);
  const translated = Object.entries(catalogue).filter(([, entry]) => isShown(entry));
  return Object.fromEntries(
    translated.map(([id, { translation = "" }]) => [id, compileMessage(translation)]),
  );
}

function read(text: string) {
  return po.parse(text, { locale: undefined, sourceLocale: "en", filename: "" });
}

function isShown({ translation, obsolete }: { translation?: string; obsolete?: boolean }): boolean {
  return obsolete !== true && translation !== undefined && translation !== "";
}
