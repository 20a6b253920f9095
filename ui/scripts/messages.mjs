// Reads ui/messages/{en,ja}/*.ftl and writes src/words/ids.ts: every message id with its variables.
// Fails when the languages differ in ids or variables, or when a message refers to nothing.
// KAIBO_WORDS_LAX=1 lists what is missing and goes on.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, Visitor } from '@fluent/syntax';

const LANGUAGES = ['en', 'ja'];
const FUNCTIONS = {
  SIZE: 'number',
  BYTES: 'number',
  DATE: 'number',
  DIGEST: 'string',
  LIST: 'readonly string[]',
  NUMBER: 'number',
};
const PLURALS = new Set(['zero', 'one', 'two', 'few', 'many']);

const ui = join(dirname(fileURLToPath(import.meta.url)), '..');
const faults = [];

/** What a pattern needs: its variables with their types, and what it refers to. */
class Needs extends Visitor {
  variables = new Map();
  refers = new Set();
  where;

  constructor(where) {
    super();
    this.where = where;
  }

  note(name, type) {
    const known = this.variables.get(name);
    this.variables.set(
      name,
      known === undefined || known === 'unknown' ? type : type === 'unknown' ? known : type,
    );
  }

  visitVariableReference(node) {
    this.note(node.id.name, 'unknown');
  }

  visitMessageReference(node) {
    this.refers.add(node.attribute ? `${node.id.name}.${node.attribute.name}` : node.id.name);
  }

  visitTermReference(node) {
    this.refers.add(`-${node.id.name}`);
  }

  visitFunctionReference(node) {
    const type = FUNCTIONS[node.id.name];
    if (!type) faults.push(`${this.where}: unknown function ${node.id.name}`);
    for (const argument of node.arguments.positional) {
      if (argument.type === 'VariableReference') this.note(argument.id.name, type ?? 'unknown');
    }
  }

  visitSelectExpression(node) {
    if (node.selector.type === 'VariableReference') {
      const numeric = node.variants.some((v) => v.key.type === 'NumberLiteral' || PLURALS.has(v.key.name));
      this.note(node.selector.id.name, numeric ? 'number' : 'unknown');
    }
    this.genericVisit(node);
  }
}

function read(language) {
  const folder = join(ui, 'messages', language);
  const messages = new Map();
  const terms = new Set();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .sort()) {
    for (const entry of parse(readFileSync(join(folder, file), 'utf8'), {}).body) {
      const where = `${language}/${file}`;
      if (entry.type === 'Junk')
        faults.push(`${where}: cannot be read: ${entry.content.trim().split('\n')[0]}`);
      if (entry.type === 'Term') terms.add(`-${entry.id.name}`);
      if (entry.type !== 'Message') continue;
      const parts = [
        [entry.id.name, entry.value],
        ...entry.attributes.map((a) => [`${entry.id.name}.${a.id.name}`, a.value]),
      ];
      for (const [id, pattern] of parts) {
        if (!pattern) continue;
        if (messages.has(id)) faults.push(`${where}: ${id} is there twice`);
        const needs = new Needs(`${where}: ${id}`);
        needs.visit(pattern);
        messages.set(id, needs);
      }
    }
  }
  for (const [id, { refers, where }] of messages) {
    for (const target of refers) {
      if (!messages.has(target) && !terms.has(target))
        faults.push(`${where}: ${id} refers to ${target}, which is not there`);
    }
  }
  return messages;
}

const [first, ...others] = LANGUAGES.map((language) => [language, read(language)]);
const merged = new Map(first[1]);
for (const [language, messages] of others) {
  for (const id of first[1].keys()) if (!messages.has(id)) faults.push(`${language}: ${id} is missing`);
  for (const [id, needs] of messages) {
    const mine = merged.get(id);
    if (!mine) {
      faults.push(`${first[0]}: ${id} is missing`);
      merged.set(id, needs);
      continue;
    }
    for (const [name, type] of needs.variables) {
      // A language may leave a variable out (a plural that it does not need), never invent one.
      if (!mine.variables.has(name))
        faults.push(`${language}: ${id} uses $${name}, which ${first[0]} does not`);
      mine.note(name, type);
    }
  }
}

const lax = process.env.KAIBO_WORDS_LAX === '1';
for (const fault of faults) console.error(`${lax ? 'lax' : 'error'}: ${fault}`);
if (faults.length > 0 && !lax) process.exit(1);

const lines = [...merged]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([id, { variables }]) => {
    const fields = [...variables]
      .sort()
      .map(([name, type]) => `${name}: ${type === 'unknown' ? 'string | number' : type}`);
    return `  '${id}': ${fields.length ? `{ ${fields.join('; ')} }` : 'Nothing'};`;
  });
writeFileSync(
  join(ui, 'src/words/ids.ts'),
  `// Written by scripts/messages.mjs. Not edited by hand.\n\n/** A message without variables. */\nexport type Nothing = Record<never, never>;\n\n/** Every message with the variables that it needs; attributes are \`id.attribute\`. */\nexport interface Messages {\n${lines.join('\n')}\n}\n\nexport type MessageId = keyof Messages;\n`,
);
console.log(`${merged.size} messages in ${LANGUAGES.join(', ')}`);
