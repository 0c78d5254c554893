import unhomoglyph from 'unhomoglyph';
import { foldCase } from '../../protocol/names.ts';

/**
 * Equal for names that look alike (Unicode TS #39, "skeleton"; the table is confusables.txt). The folded name is a key of
 * its own beside it: "Ian" and "ian" have different skeletons, for a capital I is drawn as a small L.
 */
export function skeletonOf(name: string): string {
  const skeleton = unhomoglyph(name.normalize('NFKC').normalize('NFD')).normalize('NFD');
  return foldCase(skeleton);
}
