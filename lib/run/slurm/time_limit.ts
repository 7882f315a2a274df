// days-hours, days-hours:minutes, days-hours:minutes:seconds
const withDays = /^(\d+)-(\d+)(?::(\d+))?(?::(\d+))?$/;
// minutes, minutes:seconds, hours:minutes:seconds
const withoutDays = /^(?:(\d+):(?=\d+:))?(\d+)(?::(\d+))?$/;

/** The whole minutes of a time limit in any of Slurm's forms, rounded up as Slurm does; nothing where it has none of them. */
export function minutesOf(text: string): number | undefined {
  const [, days, hours, minutes, seconds] = withDays.exec(text) ??
    withoutDays.exec(text)?.toSpliced(1, 0, "0") ?? [];
  if (days === undefined) return undefined;
  const number = (part: string | undefined) => Number(part ?? 0);
  const all = ((number(days) * 24 + number(hours)) * 60 + number(minutes)) * 60 + number(seconds);
  return all === 0 ? undefined : Math.ceil(all / 60);
}

/** Minutes in the form that all of Slurm's commands take: `2-03:04:00`. */
export function timeLimit(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24;
  return `${days > 0 ? `${days}-` : ""}${two(hours)}:${two(minutes % 60)}:00`;
}
