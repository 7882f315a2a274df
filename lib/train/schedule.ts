/** A learning rate over the steps of a training. */
export interface Schedule {
  /** The learning rate after the warm-up. */
  readonly peak: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/**
 * The learning rate of a step: linear warm-up, then half a cosine down to 0 (Chen et al. 2020, appendix B.6).
 *
 * @param step From 0; the rate of step `totalSteps`, which is not run, would be 0.
 */
export function learningRateAt(step: number, schedule: Schedule): number {
  const { peak, totalSteps } = schedule;
  const warmupSteps = Math.min(schedule.warmupSteps, totalSteps);
  if (step < warmupSteps) return peak * (step + 1) / warmupSteps;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
}
