import type { FlameNode } from "./cpu-profile.ts";

const width = 1_400;
const rowHeight = 18;
const headerHeight = 28;
const characterWidth = 6.6;
/** Narrower ones are left out. */
const narrowest = 0.6;
const charactersMin = 3;

/**
 * A flame graph as an SVG of its own: callers above, the longest first; a frame's title says its
 * times.
 */
export function flameGraph(tree: FlameNode, heading: string): string {
  const frames: string[] = [];
  let deepest = 0;
  const draw = (node: FlameNode, x: number, depth: number): void => {
    const wide = (node.totalUs / tree.totalUs) * width;
    if (!(wide >= narrowest)) return;
    deepest = Math.max(deepest, depth);
    frames.push(drawFrame(node, { x, wide, depth, share: node.totalUs / tree.totalUs }));
    let at = x;
    for (const child of node.children) {
      draw(child, at, depth + 1);
      at += (child.totalUs / tree.totalUs) * width;
    }
  };
  draw(tree, 0, 0);
  const height = headerHeight + (deepest + 1) * rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="monospace" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="6" y="18" font-size="14">${escape(heading)}</text>`,
    ...frames,
    "</svg>",
    "",
  ].join("\n");
}

interface FrameBox {
  x: number;
  wide: number;
  depth: number;
  share: number;
}

function drawFrame({ name, selfUs, totalUs }: FlameNode, box: FrameBox): string {
  const { x, wide, depth, share } = box;
  const y = headerHeight + depth * rowHeight;
  const characters = Math.floor((wide - 4) / characterWidth);
  const title = `${name}: ${milliseconds(totalUs)} ms, ${(share * 100).toFixed(1)} %, itself ${milliseconds(selfUs)} ms`;
  const label =
    characters < charactersMin
      ? ""
      : `<text x="${(x + 2).toFixed(1)}" y="${y + 13}">${escape(name.slice(0, characters))}</text>`;
  return `<g><title>${escape(title)}</title><rect x="${x.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${rowHeight - 1}" fill="${colourOf(name)}"/>${label}</g>`;
}

/** The runtime's own in grey, everything else in a hue that its name alone decides. */
function colourOf(name: string): string {
  if (name.startsWith("(")) return "#ccc";
  const hash = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 997, 7);
  return `hsl(${20 + (hash % 40)} 85% ${62 + (hash % 14)}%)`;
}

function milliseconds(us: number): string {
  return (us / 1_000).toFixed(1);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
