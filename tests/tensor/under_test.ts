/**
 * The device that suites are run on. A file of tests that imports suites says first on which; each file has a copy of its own,
 * as it has an engine of its own.
 */
export const underTest = { device: "cpu" };
