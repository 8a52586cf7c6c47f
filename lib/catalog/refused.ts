import type { Path, Segment } from '../diagnostic/path';

/** The places that the schema refused, and that were taken out of the catalog. */
export interface Refused {
  /** Whether nothing was. */
  readonly none: boolean;
  /**
   * Whether what stands at a path was refused, or something on the way to it or below it. What is there now is not what was
   * written, so that a fault in it would only repeat the first one.
   */
  readonly touches: (path: Path) => boolean;
  /** The names in the map at a path whose values, or that themselves, were refused. */
  readonly namesIn: (path: Path) => readonly string[];
}

interface Node {
  refused: boolean;
  readonly below: Map<Segment, Node>;
}

/** An index of refused places: looking up a path costs its length, however many places there are. */
export function refusedPlaces(places: readonly Path[]): Refused {
  const root: Node = { refused: false, below: new Map() };
  for (const place of places) {
    let node = root;
    for (const segment of place) {
      const next: Node = node.below.get(segment) ?? { refused: false, below: new Map() };
      node.below.set(segment, next);
      node = next;
    }
    node.refused = true;
  }
  return {
    none: places.length === 0,
    touches: (path) => places.length > 0 && touches(root, path),
    namesIn: (path) => {
      const below = path.reduce<Node | undefined>((node, segment) => node?.below.get(segment), root)?.below ?? [];
      return [...below].flatMap(([name, { refused }]) => (refused ? [String(name)] : []));
    },
  };
}

/** Who is still on a way at the end of the path has something refused below it. */
function touches(root: Node, path: Path): boolean {
  let node = root;
  for (const segment of path) {
    if (node.refused) return true;
    const next = node.below.get(segment);
    if (next === undefined) return false;
    node = next;
  }
  return true;
}
