import type { PluginObj, types } from "@babel/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";

/**
 * Parses the text of each message that Lingui's macros have made, so that a browser needs no parser
 * of ICU MessageFormat: `"Hello {name}"` becomes `["Hello ", ["name"]]`.
 */
export function compileMessages({ types: t }: { types: typeof types }): PluginObj {
  return {
    name: "compile-messages",
    visitor: {
      ObjectProperty({ node, parent }) {
        const isMessage = t.isIdentifier(node.key, { name: "message" }) && hasId(t, parent);
        if (!isMessage || !t.isStringLiteral(node.value)) return;
        const compiled = compileMessage(node.value.value);
        // A text without a placeholder is what it was.
        if (typeof compiled === "string") node.value = t.stringLiteral(compiled);
        else node.value = t.valueToNode(compiled) as types.Expression;
      },
    },
  };
}

/** Whether an object is a descriptor of a message: it has an id of Lingui's making. */
function hasId(t: typeof types, parent: types.Node): boolean {
  return (
    t.isObjectExpression(parent) &&
    parent.properties.some(
      (property) =>
        t.isObjectProperty(property) &&
        t.isIdentifier(property.key, { name: "id" }) &&
        t.isStringLiteral(property.value),
    )
  );
}
