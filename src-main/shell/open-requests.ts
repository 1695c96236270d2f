import { app } from 'electron';
import { openTargets, type OpenTarget } from './open-target.ts';

/** macOS says what to open by events, which may come before the app is ready; elsewhere it stands among the arguments of a start. */
export function followOpenRequests(open: (targets: OpenTarget[]) => void): void {
  const follow = (event: Pick<Event, 'preventDefault'>, target: string): void => {
    event.preventDefault();
    open(openTargets([target], '/'));
  };
  app.on('open-url', follow);
  app.on('open-file', follow);
}
