import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import { m } from './nl';

const SOURCES = new URL('../../', import.meta.url);

/** Attributes whose text a person reads or hears. */
const READ = new Set([
  'aria-label',
  'aria-description',
  'placeholder',
  'title',
  'alt',
  'label',
  'sub',
  'text',
  'opt',
  'hint',
  'intro',
  'unit',
]);

interface Node {
  type: string;
  name?: string;
  data?: string;
  [key: string]: unknown;
}

function components(): { file: string; root: Node }[] {
  return files(/\.svelte$/).map((file) => {
    const source = readFileSync(new URL(file, SOURCES), 'utf8');
    return { file, root: parse(source, { modern: true }).fragment as unknown as Node };
  });
}

/** Files under `src` whose path fits, written from there. */
function files(path: RegExp): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => path.test(file));
}

/** Shows every node to `see`; below a node that it answers `false` to, nothing is looked at. */
function walk(node: unknown, see: (node: Node) => unknown): void {
  if (Array.isArray(node)) node.forEach((child) => walk(child, see));
  else if (typeof node === 'object' && node !== null) {
    const goOn = 'type' in node && typeof node.type === 'string' ? see(node as Node) : true;
    if (goOn !== false) Object.values(node).forEach((child) => walk(child, see));
  }
}

/** The words that stand in the markup itself: text between elements, not in their attributes. */
function literals(root: Node): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    if (node.type !== 'Fragment') return;
    for (const child of node['nodes'] as Node[]) {
      if (child.type === 'Text' && /\p{L}{2,}/u.test(child.data ?? '')) found.push(child.data?.trim() ?? '');
    }
  });
  return found;
}

function readAttributes(root: Node): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    if (node.type !== 'Attribute' || !READ.has(node.name ?? '')) return;
    walk(node['value'], (part) => {
      // What is compared or handed to a function is a code, not something to read.
      if (part.type === 'BinaryExpression' || part.type === 'CallExpression') return false;
      const written = part.type === 'Text' ? part.data : part.type === 'Literal' ? part['value'] : undefined;
      if (typeof written === 'string' && /\p{L}{2,}/u.test(written)) found.push(`${node.name ?? ''}="${written}"`);
      return true;
    });
  });
  return found;
}

function attributesNamed(root: Node, name: string): number {
  let count = 0;
  walk(root, (node) => {
    if (node.type === 'Attribute' && node.name === name) count++;
  });
  return count;
}

describe('the catalogue', () => {
  test('no component holds words of its own', () => {
    const words = components().flatMap(({ file, root }) =>
      [...literals(root), ...readAttributes(root)].map((word) => `${file}: ${word}`),
    );
    expect(words).toEqual([]);
  });

  test('every sentence says something, whatever is filled in', () => {
    const samples: [RegExp, unknown][] = [
      [/names|with|kinds/, ['Lilo']],
      [/phone/, '053 000 00 00'],
    ];
    const valueOf = (name: string) => samples.find(([fits]) => fits.test(name))?.[1] ?? 2;
    const sample = new Proxy({}, { get: (_, name) => valueOf(String(name)) });
    const silent: string[] = [];
    const visit = (path: string, value: unknown): void => {
      const said = typeof value === 'function' ? (value as (p: object) => unknown)(sample) : value;
      if (typeof said === 'string') {
        if (said.trim() === '' || said.includes('undefined')) silent.push(path);
      } else Object.entries(said as object).forEach(([key, inner]) => visit(`${path}.${key}`, inner));
    };
    visit('m', m);
    expect(silent).toEqual([]);
  });

  test('a term of the municipality is never fixed text', () => {
    const sources = files(/i18n\/nl\/\w+\.ts$/).map((file) => readFileSync(new URL(file, SOURCES), 'utf8'));
    const fixed = sources.flatMap(
      (source) => source.match(/['`][^'`\n]*\b(?:5|7|14|21|35|60|90) (?:dagen|jongeren|minuten|seconden)\b[^'`\n]*['`]/g) ?? [],
    );
    expect(fixed).toEqual([]);
  });
});

describe('the markup', () => {
  test('no element has a style attribute, no text is markup', () => {
    const styled = components().filter(({ root }) => attributesNamed(root, 'style') > 0);
    expect(styled.map(({ file }) => file)).toEqual([]);
    const raw = components().filter(({ root }) => {
      let found = false;
      walk(root, (node) => {
        found ||= node.type === 'HtmlTag';
      });
      return found;
    });
    expect(raw.map(({ file }) => file)).toEqual([]);
  });

  test('only the way to the core imports Tauri', () => {
    const importing = files(/(?<!\.test)\.(ts|svelte)$/).filter((file) =>
      /from '@tauri-apps/.test(readFileSync(new URL(file, SOURCES), 'utf8')),
    );
    expect(importing).toEqual(['lib/api/transport.ts']);
  });
});
