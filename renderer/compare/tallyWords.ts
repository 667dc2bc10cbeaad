import type { TallyLine } from '../../electron/contract/compare.ts';
import { formatCount } from '../ui/format.ts';

/** "Qwen 4B: picked 7 of 9 times". */
export const tallyWords = ({ name, picked, of }: TallyLine): string =>
  `${name}: picked ${formatCount(picked)} of ${formatCount(of)} ${of === 1 ? 'time' : 'times'}`;
