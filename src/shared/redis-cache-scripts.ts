import { limits } from "./limits.ts";

/*
 * The cache of results sends these, and the gateway before Redis lets through no others. Each step
 * is one script, so that nothing comes between its look and its write. All names of a
 * decision carry the same tag in braces, which puts them on one node of a Redis Cluster. A
 * version's name is that of the newest with the version behind it.
 *
 * `newest` is read with suspicion: anybody may have written there. Ours is a string of digits that
 * expires within the longest tier's time; whatever else is there is foreign, and overwritten by the
 * next keep.
 */
const readNewest = `
local function readNewest(name)
  local kind = redis.call('TYPE', name).ok
  if kind == 'none' then return nil, false end
  local left = redis.call('PTTL', name)
  if kind ~= 'string' or left < 0 or left > ${limits.cacheColdMs} then return nil, true end
  local version = redis.call('GET', name)
  if #version > 16 or not string.match(version, '^%d+$') then return nil, true end
  return version, false
end
`;

/** KEYS: newest, claim. ARGV: the claim's life in ms. */
export const lookScript = `${readNewest}
local version, isForeign = readNewest(KEYS[1])
if version then
  local entry = KEYS[1] .. ':' .. version
  local kind = redis.call('TYPE', entry).ok
  if kind == 'string' then return {'found', version, redis.call('GET', entry), redis.call('PTTL', entry)} end
  isForeign = kind ~= 'none'
end
if isForeign then return {'foreign'} end
if redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[1]) then return {'claimed'} end
return {'awaited'}
`;

/** KEYS: newest, claim, entry. ARGV: version, text, life in ms. */
export const keepScript = `${readNewest}
local known = readNewest(KEYS[1])
if known and tonumber(known) > tonumber(ARGV[1]) then return 0 end
if known and known ~= ARGV[1] then redis.call('UNLINK', KEYS[1] .. ':' .. known) end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
redis.call('UNLINK', KEYS[2])
return 1
`;

/** The names that the cache gives a decision's entries in Redis; a version's is `entryNameOf`. */
export function resultNamesOf(
  deployment: string,
  decisionId: string,
): { newest: string; claim: string } {
  const tagged = `${encodeURIComponent(deployment)}:result:{${decisionId}}`;
  return { newest: `${tagged}:version`, claim: `${tagged}:claim` };
}

export function entryNameOf(newest: string, version: number): string {
  return `${newest}:${version}`;
}

/** The name that the cache's probe writes. */
export function probeNameOf(deployment: string): string {
  return `${encodeURIComponent(deployment)}:probe`;
}

const deploymentPattern = String.raw`[\w.!~*'()%-]{1,300}`;
const resultPattern = String.raw`${deploymentPattern}:result:\{[\w-]{1,200}\}`;

/** The names of above as patterns, of any deployment: what no `encodeURIComponent` writes is foreign. */
export const cacheNamePatterns = {
  probe: new RegExp(`^${deploymentPattern}:probe$`),
  claim: new RegExp(`^${resultPattern}:claim$`),
  newest: new RegExp(`^${resultPattern}:version$`),
};
