import type { Problem } from '../api/bindings';
import type { Words } from '../words/words.svelte';

/** The catalogue selects on the word "none" where a field is not known. */
export function spelledOut(problem: Problem): Problem {
  const fields = Object.entries(problem).map(([name, value]) => [name, value ?? 'none']);
  return Object.fromEntries(fields) as Problem;
}

/** What was attempted and found, in one sentence. */
export function problemSentence(words: Words, problem: Problem): string {
  return words.tell('problem', spelledOut(problem));
}

/** The next step: in the window's own words where the terminal speaks of options, else the common ones. */
export function problemAdvice(words: Words, problem: Problem): string {
  const own = `problem-view-advice-${problem.kind}`;
  return words.has(own)
    ? words.tell('problem-view-advice', spelledOut(problem))
    : words.tell('problem', spelledOut(problem), 'advice');
}
