/** Regions as they are pasted, a line each: a code, or a code and a name after a tab or semicolon. */
export function readRegionList(text: string): { code: string; name: string }[] {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const [code = "", ...rest] = line.split(/[\t;]/);
      return { code: code.trim(), name: rest.join(";").trim() };
    })
    .filter(({ code, name }) => code !== "" || name !== "");
}
