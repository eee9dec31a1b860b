/**
 * Resolves when the condition holds; fails, saying what was waited for, when it does not for so long that no machine is that
 * slow. Shorter than mocha's own patience, which says nothing.
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${withinMs / 1_000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
