import { describe, expect, test } from 'vitest';
import { outline } from '../graph/outline';
import { IDS, sampleGraph } from '../views/inspector/testing';
import { Words } from '../words/words.svelte';
import { hexOfOklch } from './colour';
import { fileName } from './name';
import { paletteOf } from './palette';
import { pictureOf } from './picture';
import { scaleFor } from './raster';
import { element, escaped, estimate, fitted } from './svg';

function drawn(shown = 'sample:hello:1.0.0', language: 'en' | 'ja' = 'en') {
  const graph = sampleGraph();
  const rows = outline(graph, new Map());
  const selected = rows.find((row) => row.node.id === IDS.layer) ?? null;
  const scene = {
    graph,
    rows,
    path: new Set(rows.slice(0, 3).map((row) => row.key)),
    selectedKey: selected?.key ?? null,
    shown,
    width: 760,
  };
  return { rows, ...pictureOf(scene, new Words(language), paletteOf(document.documentElement), estimate) };
}

function parsed(svg: string): Document {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return document;
}

describe('the saved picture', () => {
  test('stands alone', () => {
    const { svg } = drawn();
    const document = parsed(svg);
    expect(document.querySelectorAll('script, style, foreignObject, image, a')).toHaveLength(0);
    expect(svg).not.toMatch(/\bhttps?:(?!\/\/www\.w3\.org\/2000\/svg")/);
    expect(svg).not.toMatch(/var\(|oklch|\bon[a-z]+=/);
    for (const use of document.querySelectorAll('use')) {
      expect(document.getElementById(use.getAttribute('href')?.slice(1) ?? '')).not.toBeNull();
    }
  });

  test('has a card for each row of the view, and a title', () => {
    const { svg, rows } = drawn();
    const document = parsed(svg);
    expect(document.querySelectorAll('g rect[rx="6"]').length).toBeGreaterThanOrEqual(rows.length);
    expect(document.querySelector('title')?.textContent).toContain('sample:hello:1.0.0');
    expect(svg).toContain('linux/amd64');
  });

  test('hostile text is text', () => {
    const { svg } = drawn('x"><script>alert(1)</script>\u202e\u001b[31m]]>&\ud800\uffff');
    const document = parsed(svg);
    expect(document.querySelectorAll('script')).toHaveLength(0);
    expect(document.documentElement.textContent).toContain('<script>alert(1)</script>');
    for (const hidden of ['\u202e', '\u001b', '\uffff']) expect(svg).not.toContain(hidden);
  });

  test('is written in the language of the window', () => {
    expect(parsed(drawn('x', 'ja').svg).documentElement.textContent).toContain('レイヤー1');
  });
});

test('markup is escaped in text and attributes', () => {
  expect(escaped('<a b="c">&')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;');
  expect(element('rect', { x: 1.005, y: undefined, label: '"<' })).toBe('<rect x="1" label="&quot;&lt;"/>');
});

test('text is cut where it does not fit', () => {
  expect(fitted('hello', { size: 10 }, 100, estimate)).toBe('hello');
  expect(fitted('hello world', { size: 10 }, 40, estimate)).toBe('hello …');
  expect(fitted('hello', { size: 10 }, 2, estimate)).toBe('');
  expect(fitted('日本語の文', { size: 10 }, 30, estimate)).toBe('日本…');
});

test('colours of marks are written as every program reads them', () => {
  expect(hexOfOklch(0, 0, 0)).toBe('#000000');
  expect(hexOfOklch(1, 0, 0)).toBe('#ffffff');
  expect(hexOfOklch(0.628, 0.2577, 29.23)).toBe('#ff0000');
});

test('a large picture is drawn less sharp, a huge one not at all', () => {
  expect(scaleFor(800, 900)).toBe(2);
  expect(scaleFor(800, 12_000)).toBeCloseTo(16_000 / 12_000);
  expect(scaleFor(800, 200_000)).toBeNull();
});

test('file names are harmless', () => {
  expect(fileName('127.0.0.1:5100/demo/hello:1.0.0', 'svg')).toBe('kaibo-hello-1.0.0.svg');
  expect(fileName('oci:C:\\images\\x', 'png')).toBe('kaibo-x.png');
  expect(fileName('../../..', 'md')).toBe('kaibo-image.md');
  expect(fileName(`a/b@sha256:${'0'.repeat(64)}`, 'json')).toBe('kaibo-b.json');
});
