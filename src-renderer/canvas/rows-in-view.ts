/** Rows from `first` up to, not including, `end`. */
export interface RowRange {
  first: number;
  end: number;
}

/** Rows of equal height that are at least partly in view, with `overscan` more on either side. */
export const rowsInView = (scrollTopPx: number, viewHeightPx: number, rowHeightPx: number, rowCount: number, overscan = 0): RowRange => {
  const first = Math.min(rowCount, Math.max(0, Math.floor(scrollTopPx / rowHeightPx) - overscan));
  const end = Math.min(rowCount, Math.max(first, Math.ceil((scrollTopPx + viewHeightPx) / rowHeightPx) + overscan));
  return { first, end };
};

/** Hit test by arithmetic: the row at a height in the content; `undefined` above the first and below the last. */
export const rowAt = (contentYPx: number, rowHeightPx: number, rowCount: number): number | undefined => {
  const row = Math.floor(contentYPx / rowHeightPx);
  return row >= 0 && row < rowCount ? row : undefined;
};
