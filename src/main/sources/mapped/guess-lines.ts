/** Logs of text that programs on an instance write, with the time's group named `time`; the first that fits is proposed. */
const PATTERNS: readonly string[] = [
  // nginx and Apache, common and combined.
  String.raw`^(?<client>\S+) \S+ (?:-|(?<user>\S+)) \[(?<time>[^\]]+)\] "(?<method>[A-Z]+) (?<url>\S+)[^"]*" (?<status>\d{3}) (?:-|(?<bytes>\d+))(?: "(?<referer>[^"]*)" "(?<agent>(?:[^"\\]|\\.)*)")?`,
  // syslog with whole times.
  String.raw`^(?:<\d+>\d? ?)?(?<time>\d{4}-\d\d-\d\dT\S+) (?<host>\S+) (?<program>[^[:\s]+)(?:\[(?<pid>\d+)\])?: (?<message>.*)$`,
  String.raw`^\[?(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)\]?[ ,;|]+(?:\[?(?<level>[A-Z]{4,8})\]?[ :]+)?(?<message>.*)$`,
  String.raw`^(?<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)[ ,;|]+(?<message>.*)$`,
];
/** Share of the lines that a pattern must fit, the first one among them: others may go on from the line before. */
const ENOUGH = 0.5;

/** A pattern for the lines of a text, or null when none of the known ones fits. */
export function guessLines(lines: readonly string[]): string | null {
  const fits = (pattern: string) => {
    const expression = new RegExp(pattern);
    return (
      expression.test(lines[0] ?? '') &&
      lines.filter((line) => expression.test(line)).length >= lines.length * ENOUGH
    );
  };
  return PATTERNS.find(fits) ?? null;
}
