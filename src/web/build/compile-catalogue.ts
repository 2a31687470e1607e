import { formatter } from "@lingui/format-po";
import { compileMessage, type CompiledMessage } from "@lingui/message-utils/compileMessage";

const po = formatter();

/** The translated messages of a PO file, parsed as ICU MessageFormat, by their ids. */
export async function compileCatalogue(text: string): Promise<Record<string, CompiledMessage>> {
  const catalogue = await po.parse(text, { locale: undefined, sourceLocale: "en", filename: "" });
  const translated = Object.entries(catalogue).filter(([, entry]) => isShown(entry));
  return Object.fromEntries(
    translated.map(([id, { translation = "" }]) => [id, compileMessage(translation)]),
  );
}

function isShown({ translation, obsolete }: { translation?: string; obsolete?: boolean }): boolean {
  return obsolete !== true && translation !== undefined && translation !== "";
}
