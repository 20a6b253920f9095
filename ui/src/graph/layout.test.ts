import { describe, expect, it } from 'vitest';
import { GraphMaker, wide } from '../../tests/graphs';
import { layout, visibleRows, wire, type Box, type Layout } from './layout';
import { outline, type Row } from './outline';
import { held, rail, wires } from './wires';

const NONE = new Map<string, boolean>();
const WIDTH = 696;

function draw(
  maker: GraphMaker,
  choices: ReadonlyMap<string, boolean> = NONE,
  reserve = false,
): { rows: Row[]; plan: Layout } {
  const rows = outline(maker.graph(), choices);
  return { rows, plan: layout(rows, { width: WIDTH, reserve }) };
}

function boxes({ rows, plan }: { rows: Row[]; plan: Layout }, holds: (row: Row) => boolean): Box[] {
  return rows.flatMap((row, i) => (holds(row) ? (plan.boxes[i] ?? []) : []));
}

/** Nothing may lie on anything else. */
function overlaps({ plan }: { plan: Layout }): [Box, Box][] {
  const found: [Box, Box][] = [];
  plan.boxes.forEach((a, i) =>
    plan.boxes.slice(i + 1).forEach((b) => {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      if (!apart) found.push([a, b]);
    }),
  );
  return found;
}

function threePlatforms(): GraphMaker {
  const maker = new GraphMaker();
  const index = maker.node('index', 'i');
  maker.edge(maker.node('tag', 'r/x:1'), index, 'names');
  for (const name of ['amd64', 'arm64', 'arm'])
    maker.record(index, maker.image(index, name, [`${name} l`]), `${name} r`);
  return maker;
}

describe('layout', () => {
  it('the_columns_stand_as_the_guide_says', () => {
    const drawing = draw(threePlatforms());
    expect(boxes(drawing, (row) => row.node.role === 'tag')[0]).toMatchObject({
      x: 0,
      width: 172,
      height: 46,
    });
    const manifests = boxes(drawing, (row) => row.node.role === 'manifest');
    expect(manifests.map((box) => [box.x, box.y, box.width, box.height])).toEqual([
      [212, 24, 184, 50],
      [212, 180, 184, 50],
      [212, 336, 184, 50],
    ]);
    const parts = boxes(drawing, (row) => row.place === 'part' || row.place === 'record');
    expect(parts.slice(0, 4).map((box) => [box.x, box.y, box.width, box.height])).toEqual([
      [436, 0, 260, 46],
      [436, 52, 260, 46],
      [436, 104, 260, 28],
      [436, 156, 260, 46],
    ]);
    const index = boxes(drawing, (row) => row.node.role === 'index')[0]!;
    // Centred on the middle platform.
    expect(index.y + index.height / 2).toBe(manifests[1]!.y + 25);
    expect(drawing.plan.height).toBe(444);
  });

  it('nothing_lies_on_anything_else', () => {
    for (const maker of [threePlatforms(), wide(1, 1), wide(4, 9), wide(22, 5), wide(1, 127), wide(3, 0)]) {
      expect(overlaps(draw(maker))).toEqual([]);
    }
    const nested = new GraphMaker();
    const outer = nested.node('index', 'outer');
    const inner = nested.node('index', 'inner');
    nested.edge(nested.node('tag', 'r/x:1'), outer, 'names');
    nested.image(outer, 'amd64', ['a']);
    nested.edge(outer, inner, 'lists');
    nested.record(inner, nested.image(inner, 'arm64', ['b', 'c']), 'r');
    expect(overlaps(draw(nested))).toEqual([]);
  });

  it('an_unfolded_record_sets_its_parts_in', () => {
    const maker = threePlatforms();
    const record = outline(maker.graph(), NONE).find((row) => row.place === 'record')!;
    const drawing = draw(maker, new Map([[record.key, true]]));
    const parts = boxes(drawing, (row) => row.place === 'record-part');
    expect(parts.map((box) => box.x)).toEqual([456, 456]);
    expect(overlaps(drawing)).toEqual([]);
  });

  it('a_single_manifest_stands_beside_its_tag', () => {
    const maker = new GraphMaker();
    maker.image(maker.node('tag', 'r/x:1'), 'amd64', ['a'], 'names');
    const drawing = draw(maker);
    const [tag, manifest] = drawing.plan.boxes;
    expect([tag?.x, manifest?.x]).toEqual([0, 212]);
    expect(tag!.y + 23).toBe(manifest!.y + 25);
  });

  it('folded_platforms_are_close_and_have_a_strip', () => {
    const drawing = draw(wide(22, 5));
    const manifests = boxes(drawing, (row) => row.node.role === 'manifest');
    expect(manifests[3]!.y - manifests[2]!.y).toBe(60);
    expect(drawing.plan.strips.size).toBe(21);
    expect(boxes(drawing, (row) => row.node.role === 'tag')[0]?.y).toBe(0);
  });

  it('stubs_keep_the_room_that_their_parts_will_need', () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i');
    for (const name of ['amd64', 'arm64']) {
      const stub = maker.node('manifest', name, {
        verified: null,
        platform: { os: 'linux', architecture: name },
      });
      maker.edge(index, stub, 'lists');
    }
    const before = boxes(draw(maker, NONE, true), (row) => row.node.role === 'manifest');
    const read = new GraphMaker();
    const again = read.node('index', 'i');
    read.image(again, 'amd64', ['a']);
    read.image(again, 'arm64', ['b']);
    const after = boxes(draw(read), (row) => row.node.role === 'manifest');
    expect(before.map((box) => box.y)).toEqual(after.map((box) => box.y));
  });

  it('narrow_windows_move_the_columns_together', () => {
    const rows = outline(threePlatforms().graph(), NONE);
    const plan = layout(rows, { width: 592 });
    expect(plan.width).toBe(592);
  });

  it('the_window_is_exact_but_for_one_neighbour_a_lane', () => {
    const { plan } = draw(wide(1, 127));
    const seen = visibleRows(plan, 2000, 2500);
    const inside = plan.boxes.flatMap((box, i) => (box.y + box.height > 2000 && box.y < 2500 ? [i] : []));
    expect(inside.every((i) => seen.includes(i))).toBe(true);
    expect(seen.length - inside.length).toBeLessThanOrEqual(2 * plan.lanes.length);
  });

  it('five_thousand_nodes_take_less_than_ten_milliseconds', () => {
    const maker = wide(1000, 4, 1);
    const graph = maker.graph();
    expect(graph.nodes.size).toBeGreaterThan(5000);
    const all = new Map(outline(graph, NONE).map((row) => [row.key, true]));
    const best = Math.min(
      ...Array.from({ length: 10 }, () => {
        const start = performance.now();
        const rows = outline(graph, all);
        const plan = layout(rows, { width: WIDTH });
        visibleRows(plan, 30_000, 31_000);
        return performance.now() - start;
      }),
    );
    // Shared machines are slow at times; the order of growth is what this guards.
    expect(best).toBeLessThan(40);
  });
});

describe('wires', () => {
  it('turns_halfway_with_round_corners', () => {
    const from = { x: 0, y: 0, width: 100, height: 20 };
    expect(wire(from, { x: 140, y: 0, width: 10, height: 20 })).toBe('M100 10.5H140');
    expect(wire(from, { x: 140, y: 100, width: 10, height: 20 })).toBe(
      'M100 10.5H113.5Q119.5 10.5 119.5 16.5V104.5Q119.5 110.5 125.5 110.5H140',
    );
    expect(wire(from, { x: 0, y: 60, width: 100, height: 20 })).toBe('M50.5 20V60');
  });

  it('the_selected_path_is_drawn_last', () => {
    const { rows, plan } = draw(threePlatforms());
    const path = new Set([rows[0]!.key, rows[1]!.key, rows[2]!.key, rows[4]!.key]);
    const lines = wires(
      plan,
      rows,
      rows.map((_, i) => i),
      path,
      (i) => plan.boxes[i],
    );
    expect(lines.slice(-3).map((line) => line.look)).toEqual(['hot', 'hot', 'hot']);
    expect(lines.filter((line) => line.look === 'note').length).toBe(3);
  });

  it('a_shared_layer_is_joined_at_the_end', () => {
    const { rows, plan } = draw(wide(3, 2, 1));
    const shared = rows.find((row) => row.users > 1)!;
    expect(rail(plan, rows, shared.node.id, 16)).toMatch(/^M704 \d+V\d+(M698 \d+H704){3}$/);
    const own = rows.find((row) => row.node.role === 'layer' && row.users === 1)!;
    expect(rail(plan, rows, own.node.id, 16)).toBe('');
  });

  it('what_names_something_in_sight_stays_in_sight', () => {
    const { rows, plan } = draw(wide(1, 127));
    const kept = held(plan, rows, visibleRows(plan, 3000, 3400), 3000, 3400);
    const at = (role: string): number => kept.get(rows.findIndex((row) => row.node.role === role))?.y ?? -1;
    expect(at('manifest')).toBe(3004);
    expect(at('index')).toBeGreaterThan(3000);
    expect(at('index') - at('tag')).toBe(90);
    expect(held(plan, rows, visibleRows(plan, 0, 400), 0, 400).size).toBe(0);
  });
});
