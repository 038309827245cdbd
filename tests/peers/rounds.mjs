/** So many rounds; with --quick one, to see that all of it runs. */
export const rounds = (count) => (process.argv.includes('--quick') ? 1 : count);
