/** `name | signatures separated by ; | one line of documentation`. Read by `../functions.ts`. */
const parts = ['year', 'quarter', 'month', 'week', 'day', 'day_of_month', 'day_of_week', 'dow', 'day_of_year', 'doy', 'year_of_week', 'yow', 'week_of_year'];
const clock = ['hour', 'minute', 'second', 'millisecond'];
const all = '(date) -> bigint; (timestamp) -> bigint; (timestamp with time zone) -> bigint';

export const timeFunctions = `
${parts.map((part) => `${part} | ${all} | The ${part.replaceAll('_', ' ')} of a date or timestamp.`).join('\n')}
${clock.map((part) => `${part} | (timestamp) -> bigint; (timestamp with time zone) -> bigint | The ${part} of a timestamp.`).join('\n')}
at_timezone | (timestamp with time zone, varchar) -> timestamp with time zone | The same instant in another time zone.
current_timezone | () -> varchar | The session's time zone.
date | (date) -> date; (timestamp) -> date; (timestamp with time zone) -> date; (varchar) -> date | The date of a timestamp or text.
date_add | (varchar, bigint, date) -> date; (varchar, bigint, timestamp) -> timestamp; (varchar, bigint, timestamp with time zone) -> timestamp with time zone | Adds so many units, e.g. date_add('day', -7, d).
date_diff | (varchar, date, date) -> bigint; (varchar, timestamp, timestamp) -> bigint; (varchar, timestamp with time zone, timestamp with time zone) -> bigint | The complete units from the first to the second.
date_format | (timestamp, varchar) -> varchar; (timestamp with time zone, varchar) -> varchar | Formats by MySQL's pattern letters, e.g. '%Y-%m-%d'.
date_parse | (varchar, varchar) -> timestamp(3) | Reads a text by MySQL's pattern letters.
date_trunc | (varchar, date) -> date; (varchar, timestamp) -> timestamp; (varchar, timestamp with time zone) -> timestamp with time zone | Cuts off everything finer than a unit.
format_datetime | (timestamp, varchar) -> varchar; (timestamp with time zone, varchar) -> varchar | Formats by Joda's pattern letters, e.g. 'yyyy-MM-dd'.
from_iso8601_date | (varchar) -> date | Reads an ISO 8601 date.
from_iso8601_timestamp | (varchar) -> timestamp(3) with time zone | Reads an ISO 8601 timestamp.
from_unixtime | (double) -> timestamp(3) with time zone; (double, varchar) -> timestamp(3) with time zone | The instant so many seconds after 1970.
last_day_of_month | (date) -> date; (timestamp) -> date; (timestamp with time zone) -> date | The last day of the month.
now | () -> timestamp(3) with time zone | The instant the query began.
parse_datetime | (varchar, varchar) -> timestamp(3) with time zone | Reads a text by Joda's pattern letters.
timezone_hour | (timestamp with time zone) -> bigint | The hours of the zone's offset.
timezone_minute | (timestamp with time zone) -> bigint | The minutes of the zone's offset.
to_iso8601 | (date) -> varchar; (timestamp) -> varchar; (timestamp with time zone) -> varchar | The value as ISO 8601.
to_milliseconds | (interval day to second) -> bigint | The interval in milliseconds.
to_unixtime | (timestamp) -> double; (timestamp with time zone) -> double | The seconds since 1970.
with_timezone | (timestamp, varchar) -> timestamp with time zone | The wall-clock time in a time zone.
`;
