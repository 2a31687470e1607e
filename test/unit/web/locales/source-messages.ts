import { globSync, readFileSync } from "node:fs";
import { transformSync, type PluginObj, type types } from "@babel/core";
import linguiMacro from "@lingui/babel-plugin-lingui-macro";

/** The texts of a part of `src/web` by their ids, as Lingui's macros make them of the sources. */
export function sourceMessages(part: "site" | "organise"): Map<string, string> {
  const texts = new Map<string, string>();
  for (const path of globSync("src/web/**/*.{ts,tsx}")) {
    if (path.startsWith("src/web/organise/") !== (part === "organise")) continue;
    const code = readFileSync(path, "utf8");
    if (!/@lingui\/(?:core|react)\/macro/.test(code)) continue;
    transformSync(code, {
      filename: path,
      babelrc: false,
      configFile: false,
      parserOpts: { plugins: ["typescript", ...(path.endsWith("x") ? (["jsx"] as const) : [])] },
      plugins: [
        [linguiMacro, { descriptorFields: "message" }],
        collectMessages((id, text) => texts.set(id, text)),
      ],
    });
  }
  return texts;
}

type Visit = (id: string, text: string) => void;

function collectMessages(visit: Visit): (api: { types: typeof types }) => PluginObj {
  return ({ types: t }) => ({
    name: "collect-messages",
    visitor: {
      Program: {
        exit: (program) =>
          program.traverse({
            ObjectExpression({ node }) {
              const texts = node.properties.flatMap((property) =>
                t.isObjectProperty(property) &&
                t.isIdentifier(property.key) &&
                t.isStringLiteral(property.value)
                  ? [[property.key.name, property.value.value] as const]
                  : [],
              );
              const { id, message } = Object.fromEntries<string | undefined>(texts);
              if (id !== undefined && message !== undefined) visit(id, message);
            },
          }),
      },
    },
  });
}
