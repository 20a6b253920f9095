import type { Problem } from '../api/bindings';
import type { Words } from '../words/words.svelte';

/** What was attempted and found, in one sentence; in the window's own words where the terminal's name its options. */
export function problemSentence(words: Words, problem: Problem): string {
  const own = words.has(`problem-view-sentence-${problem.kind}`);
  return words.tell(own ? 'problem-view-sentence' : 'problem', problem);
}

/**
 * The next step: in the words of the place it is said in (`prefix`), else in the window's own where the
 * terminal speaks of options, else the common ones.
 */
export function problemAdvice(words: Words, problem: Problem, prefix = 'problem-view-advice'): string {
  const own = [prefix, 'problem-view-advice'].find((id) => words.has(`${id}-${problem.kind}`));
  return own ? words.tell(own, problem) : words.tell('problem', problem, 'advice');
}
