/** Queries over the sample lake such as analysts write, the same for the same seed. Each one runs. */
export function generateQueries(count: number, seed: number): string[] {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <T>(all: readonly T[]): T => all[random(all.length)]!;
  const months = ['2001-01', '2001-02', '2001-03', '2001-04', '2001-05', '2001-06', '1999-12'];

  const condition = (alias: string): string =>
    pick([
      () => `${alias}.month = '${pick(months)}'`,
      () => `'${pick(months)}' ${pick(['<', '<=', '>', '>=', '<>'])} ${alias}.month`,
      () => `${alias}.month IN ('${pick(months)}', '${pick(months)}')`,
      () => `${alias}.month NOT IN ('${pick(months)}')`,
      () => `${alias}.month BETWEEN '${pick(months)}' AND '${pick(months)}'`,
      () => `${alias}.month LIKE '2001-0${1 + random(6)}%'`,
      () => `(${alias}.month = '${pick(months)}' OR ${alias}.month > '${pick(months)}')`,
      () => `(${alias}.month = '${pick(months)}' OR ${alias}.delay > ${random(100)})`,
      () => `substr(${alias}.month, 6) = '0${1 + random(6)}'`,
      () => `${alias}.delay > ${random(200)}`,
      () => `${alias}.origin LIKE '${pick(['A', 'L', 'S'])}%'`,
      () => `NOT (${alias}.month = '${pick(months)}')`,
      () => `${alias}.month IS NOT NULL`,
      () => `${alias}.origin IN (SELECT iata FROM airports WHERE state = 'TX')`,
      () => `${alias}.month = (SELECT min(month) FROM flights)`,
    ])();
  const where = (alias: string): string => (random(5) === 0 ? '' : ` WHERE ${Array.from({ length: 1 + random(3) }, () => condition(alias)).join(' AND ')}`);
  const columns = (alias: string): string => pick([`count(*)`, `count(${alias}.delay), max(${alias}.distance)`, `min(${alias}.origin)`, `max(${alias}.month)`, `max(${alias}.date), count(DISTINCT ${alias}.destination)`]);
  const flights = (): string => pick(['flights', 'samples.flights', 'awsdatacatalog.samples.flights', 'whole', '"flights"']);
  const simple = (): string => `SELECT ${columns('f')} FROM ${flights()} f${where('f')}`;

  const forms = [
    simple,
    () => `SELECT f.* FROM ${flights()} f${where('f')} LIMIT ${1 + random(20)}`,
    () => `SELECT a.state, ${columns('f')} FROM ${flights()} f ${pick(['', 'LEFT ', 'RIGHT ', 'FULL '])}JOIN airports a ON f.origin = a.iata${where('f')} GROUP BY a.state`,
    () => `SELECT count(*) FROM airports a LEFT JOIN flights f ON f.origin = a.iata AND f.month = '${pick(months)}'${where('f')}`,
    () => `WITH t AS (SELECT f.* FROM ${flights()} f${where('f')}) SELECT x.origin, count(*) FROM t x JOIN (SELECT DISTINCT origin FROM t) y ON x.origin = y.origin GROUP BY x.origin`,
    () => `WITH t AS (${simple()}), u AS (SELECT * FROM birdstrikes) SELECT * FROM t`,
    () => `SELECT count(*) FROM ${flights()} f${where('f')} UNION ALL SELECT max(f.distance) FROM ${flights()} f${where('f')}`,
    () => `SELECT state, (SELECT count(*) FROM flights f WHERE f.month = '${pick(months)}') FROM airports LIMIT 3`,
    () => `SELECT city, count(*) FROM spring ${pick(['', "WHERE month = '2001-04' ", "WHERE city LIKE 'A%' "])}GROUP BY city`,
    () => `SELECT f.origin, row_number() OVER (PARTITION BY f.destination ORDER BY f.delay) FROM ${flights()} f${where('f')} LIMIT 10`,
    () => `SELECT n, count(*) FROM by_number b WHERE ${pick([`n = ${random(8)}`, `n BETWEEN ${random(4)} AND ${random(8)}`, `day >= DATE '2001-0${1 + random(6)}-01'`, `n <> 3 AND day <> DATE '2001-02-01'`, `n > -1 AND delay > 0`, `cast(n AS varchar) = '2'`])} GROUP BY n`,
    () => `SELECT * FROM ${pick(['seattle_weather', 'birdstrikes', 'gapminder', 'airports'])} LIMIT 5`,
    () => `SELECT count(*) FROM flights a, flights b WHERE a.month = '1999-12' AND b.month = '${pick(months)}'`,
    () => `SELECT month, count(*) FROM flights WHERE month > '${pick(months)}' GROUP BY month HAVING count(*) > 5 ORDER BY month`,
  ];
  return Array.from({ length: count }, (_, i) => forms[i % forms.length]!());
}
