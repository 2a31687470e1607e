/**
 * A workbook is unpacked whole in memory, ten to twenty times its size: 20 MB, some 500,000 rows,
 * are 400 MB. More comes as CSV, which is read in pieces.
 */
export const workbookBytesMax = 20_000_000;
