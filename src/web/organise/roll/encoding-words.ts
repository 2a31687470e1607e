import { msg } from "@lingui/core/macro";
import type { I18n, MessageDescriptor } from "@lingui/core";
import type { FileEncoding } from "./file/encodings.ts";

const words: Readonly<Record<FileEncoding, MessageDescriptor>> = {
  "utf-8": msg`All languages (UTF-8)`,
  "utf-16le": msg`All languages (UTF-16, Excel’s “Unicode text”)`,
  "utf-16be": msg`All languages (UTF-16, big-endian)`,
  "windows-1252": msg`Western Europe (Windows-1252)`,
  "windows-1250": msg`Central Europe (Windows-1250)`,
  "windows-1251": msg`Cyrillic (Windows-1251)`,
  "windows-1253": msg`Greek (Windows-1253)`,
  "windows-1254": msg`Turkish (Windows-1254)`,
  "windows-1256": msg`Arabic (Windows-1256)`,
  gb18030: msg`Chinese, simplified (GB 18030)`,
  big5: msg`Chinese, traditional (Big5)`,
  shift_jis: msg`Japanese (Shift JIS)`,
};

/** What an encoding is called: by what is written in it. */
export function sayEncoding(i18n: I18n, encoding: FileEncoding): string {
  return i18n._(words[encoding]);
}
