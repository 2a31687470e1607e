import { z } from "zod";

const frameSchema = z.object({
  functionName: z.string(),
  url: z.string(),
  lineNumber: z.int(),
  columnNumber: z.int(),
});
export type CallFrame = z.infer<typeof frameSchema>;

/** `Profiler.Profile` of the Chrome DevTools Protocol: a tree by number, and samples of it in µs. */
export const cpuProfileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: frameSchema,
      children: z.array(z.int()).default([]),
    }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
});
type CpuProfile = z.infer<typeof cpuProfileSchema>;

/** A function as it was called: its own time and that of what it called, in µs. */
export type FlameNode = { name: string; selfUs: number; totalUs: number; children: FlameNode[] };

/** workerd does not tell V8 when it waits, so that its own work and its waiting are one. */
const outside = new Set(["(idle)", "(program)"]);

/**
 * The tree of a profile, callees of one name taken together, the longest first: JavaScript and
 * what frees its memory. Nothing is sampled outside the isolate, so a sample stands for no more than
 * the interval between two.
 */
export function toFlameTree(
  { nodes, samples, timeDeltas }: CpuProfile,
  nameOf: (frame: CallFrame) => string,
  intervalUs: number,
): FlameNode {
  const selfById = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    const us = Math.min(Math.max(timeDeltas[index] ?? 0, 0), intervalUs);
    selfById.set(id, (selfById.get(id) ?? 0) + us);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const merge = (name: string, ids: readonly number[]): FlameNode => {
    const called = new Map<string, number[]>();
    for (const child of ids.flatMap((id) => byId.get(id)?.children ?? [])) {
      const frame = byId.get(child)?.callFrame;
      if (frame === undefined || outside.has(frame.functionName)) continue;
      const named = nameOf(frame);
      called.set(named, [...(called.get(named) ?? []), child]);
    }
    const children = [...called].map(([each, own]) => merge(each, own));
    const selfUs = ids.reduce((sum, id) => sum + (selfById.get(id) ?? 0), 0);
    const totalUs = children.reduce((sum, child) => sum + child.totalUs, selfUs);
    return { name, selfUs, totalUs, children: children.toSorted((a, b) => b.totalUs - a.totalUs) };
  };
  const root = nodes[0]?.id;
  return merge("all", root === undefined ? [] : [root]);
}
