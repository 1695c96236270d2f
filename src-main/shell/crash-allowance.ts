/** How often a page may crash before reloading it again is pointless. Returns whether this crash, at `nowMs`, is within it. */
export function crashAllowance(crashes: number, withinMs: number): (nowMs: number) => boolean {
  let times: number[] = [];
  return (nowMs) => {
    times = [...times.filter((time) => nowMs - time < withinMs), nowMs];
    return times.length <= crashes;
  };
}
