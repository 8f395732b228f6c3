// The venue's time, whatever zone and clock the screen has. `#at=2023-09-18T11:10` in the address rehearses a moment.
const DAY_MS = 86_400_000;
const NIGHT = { from: 20, to: 7 };

export function venueClock({ zone, pattern, language: page }) {
  const language = page === "en" ? "en-GB" : page; // Monday 18 September, as the house writes it
  const fields = new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const dayWords = new Intl.DateTimeFormat(language, { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
  const away = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  const read = (moment) => Object.fromEntries(fields.formatToParts(moment).map(({ type, value }) => [type, value]));
  const wall = (moment) => {
    const { year, month, day, hour, minute } = read(moment);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  // The moment at which the venue's clocks show `text`; twice, since the offset may change in between.
  const instant = (text) => {
    const shown = Date.parse(`${text}Z`);
    const first = shown - (wall(shown) - shown);
    return shown - (wall(first) - first);
  };

  let ahead = 0;
  const wanted = new URLSearchParams(location.hash.slice(1)).get("at");
  const rehearsed = wanted && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wanted) ? instant(wanted) : NaN;
  const isRehearsal = Number.isFinite(rehearsed);
  if (isRehearsal) ahead = rehearsed - Date.now();

  return {
    isRehearsal,
    now: () => Date.now() + ahead,
    day: (moment) => {
      const { year, month, day } = read(moment);
      return `${year}-${month}-${day}`;
    },
    said: (moment) => {
      const { hour, minute } = read(moment);
      return pattern.replace("{h}", String(Number(hour))).replace("{mm}", minute);
    },
    daySaid: (moment) => dayWords.format(moment),
    minutesAway: (minutes) => away.format(minutes, "minute"),
    isNight: (moment) => {
      const hour = Number(read(moment).hour);
      return hour >= NIGHT.from || hour < NIGHT.to;
    },
    // A screen whose clock is minutes off follows the server's. A day and more is meant: no page would load with it.
    correct: (serverDate) => {
      const off = serverDate - Date.now();
      if (!isRehearsal && Number.isFinite(off) && Math.abs(off) < DAY_MS) ahead = Math.abs(off) > 60_000 ? off : 0;
    },
  };
}
