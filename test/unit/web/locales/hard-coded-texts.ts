import { transformSync, type NodePath, type PluginObj, type types } from "@babel/core";
import linguiMacro from "@lingui/babel-plugin-lingui-macro";

/** What a browser shows or a screen reader says, out of an attribute. */
const spokenAttributes =
  /^(?:alt|aria-description|aria-label|aria-roledescription|label|placeholder|title)$/;

/** What is not read as a sentence: commands, keys and names that are the same in each language. */
const sameEverywhere = /^(?:code|kbd|pre|samp)$/;

/** The texts of a component's source that no catalogue can have: they stand beside Lingui's macros. */
export function hardCodedTexts(path: string, code: string): string[] {
  const texts: string[] = [];
  transformSync(code, {
    filename: path,
    babelrc: false,
    configFile: false,
    parserOpts: { plugins: ["typescript", "jsx"] },
    plugins: [[linguiMacro, { descriptorFields: "message" }], collectTexts(texts)],
  });
  return texts;
}

function collectTexts(texts: string[]): (api: { types: typeof types }) => PluginObj {
  const note = (text: string): void => {
    if (/\p{Letter}{2}/u.test(text)) texts.push(text.replaceAll(/\s+/g, " ").trim());
  };
  return ({ types: t }) => ({
    name: "collect-texts",
    visitor: {
      Program: {
        // After Lingui's macros have taken theirs.
        exit: (program) =>
          program.traverse({
            JSXText: (text) => {
              if (!isSameEverywhere(t, text)) note(text.node.value);
            },
            JSXAttribute: ({ node: { name, value } }) => {
              if (!t.isJSXIdentifier(name) || !spokenAttributes.test(name.name)) return;
              if (t.isStringLiteral(value)) note(value.value);
            },
            JSXExpressionContainer: ({ node: { expression }, parent }) => {
              if (t.isJSXElement(parent) && t.isStringLiteral(expression)) note(expression.value);
            },
          }),
      },
    },
  });
}

function isSameEverywhere(t: typeof types, text: NodePath): boolean {
  return text
    .getAncestry()
    .some(
      ({ node }) =>
        t.isJSXElement(node) &&
        t.isJSXIdentifier(node.openingElement.name) &&
        sameEverywhere.test(node.openingElement.name.name),
    );
}
