import type { Mirror, ProbeFact, ProbeReport } from '../../api/bindings';
import { problemAdvice, problemSentence } from '../../problems/sentence';
import { visible } from '../../words/visible';
import type { MessageId, Words } from '../../words/words.svelte';

/** The label of a fact and its value; a value that is a word has its own text. */
export function factOf(words: Words, fact: ProbeFact): { label: string; value: string } {
  const id = `probe-fact-${fact.name}`;
  const word = `${id}-${fact.value}`;
  return {
    label: words.name('probe-fact', fact.name),
    value: words.has(word) ? words.name(id, fact.value) : visible(fact.value),
  };
}

/** That an earlier step failed is seen; every other reason is told. */
export const isWorthTelling = (fact: ProbeFact): boolean =>
  !(fact.name === 'reason' && fact.value === 'earlier-step');

/** The answer in one sentence. */
export function answerOf(words: Words, report: ProbeReport): string {
  const at = report.steps.findIndex((step) => step.verdict === 'failed');
  const step = report.steps[at];
  if (step) {
    return words.say('probe-answer-failed', {
      position: at + 1,
      count: report.steps.length,
      step: words.name('probe-step', step.kind),
      sentence: step.problem ? problemSentence(words, step.problem) : '',
    });
  }
  return words.say('probe-answer-passed', {
    notes: report.steps.filter(({ verdict }) => verdict === 'noted').length,
    time: words.duration(report.requests.elapsedMs),
  });
}

/** What an engine would do otherwise. */
export function mirrorOf(words: Words, mirror: Mirror): string {
  const id = `probe-mirror-${mirror.rule}` as MessageId & `probe-mirror-${Mirror['rule']}`;
  return words.say(id, {
    engine: words.name('probe-engine', mirror.engine),
    location: mirror.location,
  });
}

/** What leaves this machine: without names of accounts and of home folders. */
export function exported(report: ProbeReport): ProbeReport {
  const copy = JSON.parse(withoutHomes(JSON.stringify(report)), (key, value: unknown) =>
    key === 'account' && typeof value === 'string' ? '…' : value,
  ) as ProbeReport;
  for (const step of copy.steps) {
    for (const fact of step.facts) {
      if (fact.name === 'account' || fact.name === 'proxy-account') fact.value = '…';
    }
  }
  return copy;
}

/** `/srv/me/.docker` is `~/.docker`; in JSON a path of Windows has doubled backslashes. */
function withoutHomes(text: string): string {
  return text
    .replace(/(?:\/home|\/Users)\/[^/"\\\s:]+/g, '~')
    .replace(/\/root(?=\/)/g, '~')
    .replace(/[A-Za-z]:(\\+)Users\1[^\\"]+/g, '~');
}

/** Markdown gives a meaning to these. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&').replace(/\s+/g, ' ');

/** For an issue or a mail: the answer, a table of the steps, and what each found. */
export function markdownOf(words: Words, whole: ProbeReport): string {
  const report = exported(whole);
  const lines = [
    `# ${plain(words.say('probe-of', { reference: report.reference }))}`,
    '',
    plain(answerOf(words, report)),
    '',
    `| ${words.say('probe-report-step')} | ${words.say('probe-report-verdict')} | ${words.say('probe-report-time')} |`,
    '| --- | --- | ---: |',
  ];
  for (const step of report.steps) {
    const time = step.verdict === 'skipped' ? '' : words.duration(step.elapsedMs);
    const cells = [words.name('probe-step', step.kind), words.name('probe-verdict', step.verdict), time];
    lines.push(`| ${cells.map(plain).join(' | ')} |`);
  }
  for (const step of report.steps) {
    const facts = step.facts.filter(isWorthTelling);
    if (facts.length === 0 && !step.request && !step.problem) continue;
    lines.push('', `## ${plain(words.name('probe-step', step.kind))}`, '');
    if (step.request) lines.push(`- ${plain(`${step.request}${step.status ? ` → ${step.status}` : ''}`)}`);
    for (const fact of facts) {
      const { label, value } = factOf(words, fact);
      lines.push(`- ${plain(label)}: ${plain(value)}`);
    }
    for (const [name, value] of step.headers) lines.push(`- ${plain(visible(`${name}: ${value}`))}`);
    if (step.said) lines.push(`- ${plain(words.say('probe-said'))}: ${plain(visible(step.said))}`);
    if (step.problem) {
      lines.push('', plain(`${problemSentence(words, step.problem)} ${problemAdvice(words, step.problem)}`));
    }
  }
  if (report.mirrors.length > 0) {
    lines.push('', `## ${plain(words.say('probe-mirrors'))}`, '');
    for (const mirror of report.mirrors) {
      lines.push(`- ${plain(`${mirrorOf(words, mirror)} (${visible(mirror.file)})`)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

export function jsonOf(report: ProbeReport): string {
  return `${JSON.stringify(exported(report), null, 2)}\n`;
}
