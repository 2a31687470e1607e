/**
 * A table as lines of text: the first and the last column hold words, those between them figures.
 */
export function alignColumns(table: string[][]): string[] {
  const width = (index: number): number => Math.max(...table.map((row) => row[index]?.length ?? 0));
  return table.map((row) =>
    row
      .map((cell, index) => {
        const isText = index === 0 || index === row.length - 1;
        return isText ? cell.padEnd(width(index)) : cell.padStart(width(index));
      })
      .join("  ")
      .trimEnd(),
  );
}
