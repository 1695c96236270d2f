import { formatCount } from '#proto/text/count';
import { durationParts } from '#proto/text/duration';
import { Figure } from '#ui/widgets/Figure.tsx';
import styles from './Compare.module.css';

/** How much more or less: the sign says it, the colour repeats it, unless it is `isNoise`, of which nothing is to be made. */
export const SignedDuration = ({ ns, isNoise = false }: { ns: number; isNoise?: boolean }) => {
  const [first = { value: '0', unit: 'ms' }, ...rest] = durationParts(ns);
  const parts = ns > 0 ? [{ ...first, value: `+${first.value}` }, ...rest] : [first, ...rest];
  return (
    <span className={styles['signed']} data-direction={ns === 0 || isNoise ? 'same' : ns > 0 ? 'more' : 'less'}>
      {ns === 0 ? '=' : <Figure parts={parts} title={`${formatCount(ns)} ns`} />}
    </span>
  );
};
