const intervalMs = 500;

/**
 * npm runs a script under a shell, and a shell that is killed does not tell its child. Whoever stops `npm start` means this process, so it ends as if it had been told
 * itself. Windows has no orphans of this kind: there the parent's id never changes.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, intervalMs).unref();
}
