/**
 * The order in which a commit numbers its requests: random, so that what the record numbers tells
 * nothing of who came before whom; only the requests of one voter keep theirs.
 * @param random one integer below 2^32 a request
 * @returns indexes into `requests`
 */
export function shuffleVoters(
  requests: readonly { pid: string }[],
  random: Uint32Array,
): readonly number[] {
  const slots = requests.map((_, index) => index);
  for (let last = slots.length - 1; last > 0; last -= 1) {
    const at = Math.floor(((random[last] ?? 0) / 2 ** 32) * (last + 1));
    const moved = slots[last] as number;
    slots[last] = slots[at] as number;
    slots[at] = moved;
  }
  if (new Set(requests.map(({ pid }) => pid)).size === requests.length) return slots;
  const waiting = new Map<string, number[]>();
  for (const [index, { pid }] of requests.entries()) {
    const own = waiting.get(pid);
    if (own === undefined) waiting.set(pid, [index]);
    else own.push(index);
  }
  return slots.map((slot) => {
    const own = waiting.get((requests[slot] as { pid: string }).pid);
    return own?.shift() as number;
  });
}
