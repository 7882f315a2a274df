/**
 * The momentum of a slow copy at a step: 1 − (1 − base) · (cos(π step / steps) + 1) / 2, from the base to 1 (Grill et al. 2020,
 * section 3.3).
 *
 * @param step From 0.
 */
export function risingMomentum(
  step: number,
  schedule: { readonly base: number; readonly totalSteps: number },
): number {
  const { base, totalSteps } = schedule;
  return 1 - (1 - base) * (Math.cos(Math.PI * step / totalSteps) + 1) / 2;
}
