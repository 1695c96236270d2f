import { Link } from '@tanstack/react-router';
import styles from './Compare.module.css';

/** From two traces to two groups of them, and back. */
export const CompareNav = () => (
  <nav className={styles['nav']} aria-label="What to compare">
    <Link to="/compare" activeOptions={{ exact: true, includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
      Two traces
    </Link>
    <Link to="/compare/groups" activeOptions={{ includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
      Two groups
    </Link>
  </nav>
);
