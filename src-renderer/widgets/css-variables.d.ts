import 'react';

/** CSS variables may stand in `style`, where React takes them as they are. */
declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}
