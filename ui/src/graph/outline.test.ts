import { describe, expect, it } from 'vitest';
import { GraphMaker, wide } from '../../tests/graphs';
import { outline, occurrences, pathTo, type Row } from './outline';

const NONE = new Map<string, boolean>();

/** A row in short: its indentation, place and what it shows. */
function short(row: Row): string {
  const name = row.node.platform?.architecture ?? row.node.role;
  const sign = row.expanded ? '-' : row.expandable ? '+' : ' ';
  return `${'  '.repeat(row.level - 1)}${sign}${row.place} ${name}${row.number ?? ''}`;
}

function check(maker: GraphMaker, expected: string[], choices: ReadonlyMap<string, boolean> = NONE): Row[] {
  const rows = outline(maker.graph(), choices);
  expect(rows.map(short)).toEqual(expected);
  return rows;
}

describe('outline', () => {
  it('records_fold_under_the_platform_that_they_describe', () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i');
    maker.edge(maker.node('tag', 'r/x:1'), index, 'names');
    const amd64 = maker.image(index, 'amd64', ['l1']);
    const arm64 = maker.image(index, 'arm64', ['l2']);
    maker.record(index, arm64, 'r2');
    maker.record(index, amd64, 'r1');
    check(maker, [
      '-root tag',
      '  -entry index',
      '    -entry amd64',
      '       part config',
      '       part layer1',
      '      +record unknown',
      '    -entry arm64',
      '       part config',
      '       part layer1',
      '      +record unknown',
    ]);
  });

  it('a_record_that_describes_nothing_here_stands_alone', () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i');
    const record = maker.record(index, 'manifest:sha256:elsewhere', 'r');
    check(maker, ['-root index', '  -entry unknown', '     part config', '     part layer1']);
    expect(record).toContain('attestation:');
  });

  it('a_tag_without_an_index_leads_straight_to_its_parts', () => {
    const maker = new GraphMaker();
    maker.image(maker.node('tag', 'r/x:1'), 'amd64', ['a', 'b'], 'names');
    check(maker, ['-root tag', '  -entry amd64', '     part config', '     part layer1', '     part layer2']);
  });

  it('an_index_in_an_index_goes_one_column_deeper', () => {
    const maker = new GraphMaker();
    const outer = maker.node('index', 'outer');
    const inner = maker.node('index', 'inner');
    maker.image(outer, 'amd64', []);
    maker.edge(outer, inner, 'lists');
    maker.image(inner, 'arm64', []);
    const rows = outline(maker.graph(), NONE);
    expect(rows.map((row) => [short(row), row.depth])).toEqual([
      ['-root index', 0],
      ['  -entry amd64', 1],
      ['     part config', 1],
      ['  -entry index', 1],
      ['    -entry arm64', 2],
      ['       part config', 2],
    ]);
  });

  it('an_index_that_contains_itself_ends', () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i');
    const tag = maker.node('tag', 'r/x:1');
    maker.edge(tag, index, 'names');
    maker.edge(index, index, 'lists');
    check(
      maker,
      ['-root tag', '  -entry index', '     entry index'].map((line) => line.replace('-entry', '-entry')),
    );
  });

  it('many_platforms_are_folded_and_say_what_they_hide', () => {
    const rows = outline(wide(8, 3).graph(), NONE);
    const entries = rows.filter((row) => row.place === 'entry' && row.node.role === 'manifest');
    expect(entries.map((row) => row.expanded)).toEqual([true, ...Array.from({ length: 7 }, () => false)]);
    expect(entries[1]?.folded).toEqual({ layers: 3, records: 0, size: 4000 });
  });

  it('the_readers_choice_wins', () => {
    const maker = wide(8, 1);
    const closed = outline(maker.graph(), NONE).find((row) => row.place === 'entry' && row.position === 3);
    const rows = outline(maker.graph(), new Map([[closed!.key, true]]));
    expect(rows.find((row) => row.key === closed!.key)?.expanded).toBe(true);
  });

  it('an_unread_manifest_can_be_unfolded_and_hides_its_record', () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i');
    const manifest = maker.node('manifest', 'm', {
      verified: null,
      platform: { os: 'linux', architecture: 'amd64' },
    });
    maker.edge(index, manifest, 'lists');
    maker.record(index, manifest, 'r');
    const rows = check(maker, ['-root index', '  +entry amd64']);
    expect(rows[1]?.unread).toBe(true);
    expect(rows[1]?.folded?.records).toBe(1);
  });

  it('entries_that_are_not_drawn_are_one_row', () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i', { entriesLeft: 1418 });
    maker.image(index, 'amd64', []);
    const last = outline(maker.graph(), NONE).at(-1);
    expect([last?.place, last?.left, last?.position, last?.siblings]).toEqual(['more', 1418, 2, 2]);
  });

  it('a_referrer_stands_under_its_subject', () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i');
    maker.image(index, 'amd64', []);
    const referrer = maker.node('referrer', 'sbom');
    maker.edge(referrer, index, 'subject');
    maker.edge(referrer, maker.node('layer', 'blob'), 'layer');
    check(maker, ['-root index', '  -entry amd64', '     part config', '  +record referrer']);
  });

  it('a_shared_layer_has_one_node_and_many_occurrences', () => {
    const maker = wide(3, 2, 1);
    const rows = outline(maker.graph(), NONE);
    const id = maker.node('layer', 'shared 0');
    expect(occurrences(rows, id).length).toBe(3);
    expect(occurrences(rows, id)[0]?.users).toBe(3);
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  });

  it('the_path_leads_from_the_root_to_a_row', () => {
    const rows = outline(wide(2, 1).graph(), NONE);
    const layer = rows.find((row) => row.node.role === 'layer');
    expect(pathTo(rows, layer!.key).map((row) => row.node.role)).toEqual([
      'tag',
      'index',
      'manifest',
      'layer',
    ]);
    expect(pathTo(rows, null)).toEqual([]);
  });
});
