/**
 * V8's settings for `workerd` on this machine, as Miniflare's environment variable has them. Every
 * request leaves some 15 native objects behind, which workerd frees all at once, with everything
 * waiting: by default after 15,000 requests, for 100 to 200 ms. V8 that saves memory collects after
 * a few thousand, for 40 to 60 ms. The young generation's size counts into what it waits for, so it
 * is small.
 */
export const collectorFlags = "--memory-saver-mode --max-semi-space-size=2";
