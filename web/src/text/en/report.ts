/** The page to print or to share. */
export const report = {
  'report.open': 'Report',
} as const;
