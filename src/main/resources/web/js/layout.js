// Where the vertices of a job graph go: columns by their distance from the sources, lines by what they are connected to. Pure.

/**
 * @param ids vertices in topological order
 * @param edges pairs [from, to] of ids
 * @param box height of a vertex and of the place where a line passes (bend), and the gap between them (gapY)
 * @returns {{columns: number, height: number, at: Map<string, {column: number, top: number, height: number}>, paths: Array}} each path names
 *     its two ends and the places between them that its line passes
 */
export function layered(ids, edges, box) {
  const known = new Set(ids);
  const links = edges.filter(([from, to]) => known.has(from) && known.has(to) && from !== to);
  const column = columnsOf(ids, links);
  const { columns, paths } = withBends(ids, links, column);
  untangle(columns, paths);
  const heightOf = id => (known.has(id) ? box.height : box.bend);
  const heights = columns.map(members => members.reduce((sum, id) => sum + heightOf(id) + box.gapY, -box.gapY));
  const height = Math.max(box.height, ...heights);
  const at = new Map();
  columns.forEach((members, c) => {
    let top = (height - heights[c]) / 2;
    for (const id of members) {
      at.set(id, { column: c, top, height: heightOf(id) });
      top += heightOf(id) + box.gapY;
    }
  });
  return { columns: columns.length, height, at, paths: paths.map(path => ({ from: path[0], to: path.at(-1), bends: path.slice(1, -1) })) };
}

/** The longest way from a source, so that every edge leads to the right. Circles, which Flink has none of, would be cut. */
function columnsOf(ids, links) {
  const column = new Map(ids.map(id => [id, 0]));
  for (let round = 0; round < ids.length; round++) {
    let moved = false;
    for (const [from, to] of links) {
      const next = column.get(from) + 1;
      if (next > column.get(to) && next < ids.length) { column.set(to, next); moved = true; }
    }
    if (!moved) break;
  }
  return column;
}

/** An edge over several columns gets a place in each of them, so that it does not run through a vertex. */
function withBends(ids, links, column) {
  const columns = Array.from({ length: Math.max(0, ...column.values()) + 1 }, () => []);
  ids.forEach(id => columns[column.get(id)].push(id));
  const paths = links.map(([from, to], n) => {
    const path = [from];
    for (let c = column.get(from) + 1; c < column.get(to); c++) {
      const bend = `bend-${n}-${c}`;
      columns[c].push(bend);
      path.push(bend);
    }
    return [...path, to];
  });
  return { columns, paths };
}

/** Orders each column by the middle of its neighbors, forth and back some times. */
function untangle(columns, paths) {
  const before = new Map(), after = new Map();
  const add = (map, key, value) => map.set(key, [...(map.get(key) ?? []), value]);
  for (const path of paths) for (let i = 1; i < path.length; i++) { add(before, path[i], path[i - 1]); add(after, path[i - 1], path[i]); }
  const sortBy = (members, neighbors, places) => {
    const own = new Map(members.map((id, i) => [id, i]));
    const middle = id => {
      const seen = (neighbors.get(id) ?? []).map(n => places.get(n)).filter(p => p !== undefined);
      return seen.length ? seen.reduce((a, b) => a + b, 0) / seen.length : own.get(id);
    };
    const middles = new Map(members.map(id => [id, middle(id)]));
    members.sort((a, b) => middles.get(a) - middles.get(b) || own.get(a) - own.get(b));
  };
  const placesOf = members => new Map(members.map((id, i) => [id, i - (members.length - 1) / 2]));
  for (let sweep = 0; sweep < 4; sweep++) {
    for (let c = 1; c < columns.length; c++) sortBy(columns[c], before, placesOf(columns[c - 1]));
    for (let c = columns.length - 2; c >= 0; c--) sortBy(columns[c], after, placesOf(columns[c + 1]));
  }
}
