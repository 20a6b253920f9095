import type { Problem } from '../api/bindings';
import type { Words } from '../words/words.svelte';

/** What was attempted and found, in one sentence; in the window's own words where the terminal's name its options. */
export function problemSentence(words: Words, problem: Problem): string {
  const own = words.has(`problem-view-sentence-${problem.kind}`);
  return words.tell(own ? 'problem-view-sentence' : 'problem', problem);
}

/** The next step: in the window's own words where the terminal speaks of options, else the common ones. */
export function problemAdvice(words: Words, problem: Problem): string {
  const own = `problem-view-advice-${problem.kind}`;
  return words.has(own)
    ? words.tell('problem-view-advice', problem)
    : words.tell('problem', problem, 'advice');
}
