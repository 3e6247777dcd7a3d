/**
 * TPC-H's eight tables, made by DuckDB from row numbers alone: the same data on every machine and every run. Cardinalities,
 * keys, domains and the words that the 22 queries look for follow the specification (TPC-H v3.0.1, 4.2.2 and 4.2.3); the
 * random numbers are not dbgen's, so the published answers do not apply.
 */

const NATIONS = 'ALGERIA:0 ARGENTINA:1 BRAZIL:1 CANADA:1 EGYPT:4 ETHIOPIA:0 FRANCE:3 GERMANY:3 INDIA:2 INDONESIA:2 IRAN:4 IRAQ:4 JAPAN:2 JORDAN:4 KENYA:0 MOROCCO:0 MOZAMBIQUE:0 PERU:1 CHINA:2 ROMANIA:3 SAUDI_ARABIA:4 VIETNAM:2 RUSSIA:3 UNITED_KINGDOM:3 UNITED_STATES:1'.split(' ');
const REGIONS = ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'];
const COLOURS = 'almond antique aquamarine azure beige bisque black blanched blue blush brown burlywood burnished chartreuse chiffon chocolate coral cornflower cornsilk cream cyan dark deep dim dodger drab firebrick floral forest frosted gainsboro ghost goldenrod green grey honeydew hot indian ivory khaki lace lavender lawn lemon light lime linen magenta maroon medium'.split(' ');
const WORDS = 'furiously quickly slyly carefully blithely final special pending regular express ironic bold even silent packages requests accounts deposits foxes ideas theodolites pinto beans instructions dependencies excuses platelets asymptotes courts dolphins sleep wake nag haggle detect cajole integrate'.split(' ');

const list = (words: string[]) => `[${words.map((word) => `'${word}'`).join(', ')}]`;
/** A number in [low, high] of row `key`; `salt` tells columns apart. */
const between = (key: string, salt: number, low: number, high: number) => `(${low} + CAST(hash(${key} * 131 + ${salt}) % ${high - low + 1} AS BIGINT))`;
const pick = (key: string, salt: number, words: string[]) => `list_extract(${list(words)}, CAST(${between(key, salt, 1, words.length)} AS INTEGER))`;
const sentence = (key: string, salt: number, length: number) => Array.from({ length }, (_, word) => pick(key, salt + word, WORDS)).join(` || ' ' || `);
const money = (key: string, salt: number, lowCents: number, highCents: number) => `CAST(${between(key, salt, lowCents, highCents)} AS DECIMAL(14,2)) / 100`;
const decimal = (sql: string) => `CAST(${sql} AS DECIMAL(12,2))`;
const phone = (nation: string, key: string) => `(10 + ${nation}) || '-' || ${between(key, 51, 100, 999)} || '-' || ${between(key, 52, 100, 999)} || '-' || ${between(key, 53, 1000, 9999)}`;
/** The customer's or supplier's comment; one in `every` says `words`. */
const comment = (key: string, salt: number, every: number, words: string) => `CASE WHEN ${key} % ${every} = 0 THEN '${words}' ELSE ${sentence(key, salt, 5)} END`;

/** 4.2.3: a part is sold by four suppliers, spread over all. */
const supplierOf = (part: string, which: string, suppliers: number) => `(${part} + ${which} * (${suppliers} // 4 + (${part} - 1) // ${suppliers})) % ${suppliers} + 1`;
const retailPrice = (part: string) => `(90000 + (${part} // 10) % 20001 + 100 * (${part} % 1000))`;

/** Days from 1992-01-01 to the last order date. */
const ORDER_DAYS = 2405;

/** By table: the SELECT that makes its rows at a scale factor. */
export function tpchTables(scale: number): Record<string, string> {
  const suppliers = Math.round(10_000 * scale);
  const parts = Math.round(200_000 * scale);
  const customers = Math.round(150_000 * scale);
  const orders = Math.round(1_500_000 * scale);
  const numbers = (rows: number) => `range(1, ${rows + 1}) AS n(k)`;
  const orderDate = (order: string) => `(DATE '1992-01-01' + CAST(${between(order, 31, 0, ORDER_DAYS)} AS INTEGER))`;
  const lines = `
    SELECT *, l_shipdate + CAST(${between('line', 46, 1, 30)} AS INTEGER) AS l_receiptdate FROM (
      SELECT o AS l_orderkey, number AS l_linenumber, o * 8 + number AS line, part AS l_partkey,
        ${supplierOf('part', between('o * 8 + number', 41, 0, 3), suppliers)} AS l_suppkey, quantity,
        ${retailPrice('part')} * quantity AS cents, ${between('o * 8 + number', 42, 0, 10)} AS discount, ${between('o * 8 + number', 43, 0, 8)} AS tax,
        ${orderDate('o')} + CAST(${between('o * 8 + number', 44, 1, 121)} AS INTEGER) AS l_shipdate,
        ${orderDate('o')} + CAST(${between('o * 8 + number', 45, 30, 90)} AS INTEGER) AS l_commitdate
      FROM (
        SELECT o, number, ${between('o * 8 + number', 40, 1, parts)} AS part, ${between('o * 8 + number', 47, 1, 50)} AS quantity
        FROM range(1, ${orders + 1}) AS n(o), range(1, 8) AS m(number) WHERE number <= ${between('o', 48, 1, 7)}))`;
  return {
    region: `SELECT k - 1 AS r_regionkey, list_extract(${list(REGIONS)}, k) AS r_name, ${sentence('k', 60, 6)} AS r_comment FROM ${numbers(5)}`,
    nation: `SELECT k - 1 AS n_nationkey, replace(split_part(list_extract(${list(NATIONS)}, k), ':', 1), '_', ' ') AS n_name,
      CAST(split_part(list_extract(${list(NATIONS)}, k), ':', 2) AS BIGINT) AS n_regionkey, ${sentence('k', 61, 6)} AS n_comment FROM ${numbers(25)}`,
    supplier: `SELECT k AS s_suppkey, printf('Supplier#%09d', k) AS s_name, ${sentence('k', 10, 2)} AS s_address, nation AS s_nationkey, ${phone('nation', 'k')} AS s_phone,
      ${decimal(money('k', 12, -99_999, 999_999))} AS s_acctbal, ${comment('k', 13, 50, 'wake Customer slyly Complaints')} AS s_comment FROM (SELECT k, ${between('k', 11, 0, 24)} AS nation FROM ${numbers(suppliers)})`,
    part: `SELECT k AS p_partkey, ${Array.from({ length: 5 }, (_, word) => pick('k', 20 + word, COLOURS)).join(` || ' ' || `)} AS p_name, 'Manufacturer#' || maker AS p_mfgr,
      'Brand#' || maker || ${between('k', 26, 1, 5)} AS p_brand,
      ${pick('k', 27, ['STANDARD', 'SMALL', 'MEDIUM', 'LARGE', 'ECONOMY', 'PROMO'])} || ' ' || ${pick('k', 28, ['ANODIZED', 'BURNISHED', 'PLATED', 'POLISHED', 'BRUSHED'])} || ' ' || ${pick('k', 29, ['TIN', 'NICKEL', 'BRASS', 'STEEL', 'COPPER'])} AS p_type,
      CAST(${between('k', 30, 1, 50)} AS INTEGER) AS p_size, ${pick('k', 32, ['SM', 'LG', 'MED', 'JUMBO', 'WRAP'])} || ' ' || ${pick('k', 33, ['CASE', 'BOX', 'BAG', 'JAR', 'PKG', 'PACK', 'CAN', 'DRUM'])} AS p_container,
      ${decimal(`${retailPrice('k')} / 100`)} AS p_retailprice, ${sentence('k', 34, 3)} AS p_comment FROM (SELECT k, ${between('k', 25, 1, 5)} AS maker FROM ${numbers(parts)})`,
    partsupp: `SELECT k AS ps_partkey, ${supplierOf('k', 'i', suppliers)} AS ps_suppkey, CAST(${between('k * 4 + i', 35, 1, 9999)} AS INTEGER) AS ps_availqty,
      ${decimal(money('k * 4 + i', 36, 100, 100_000))} AS ps_supplycost, ${sentence('k * 4 + i', 37, 8)} AS ps_comment FROM ${numbers(parts)}, range(0, 4) AS m(i)`,
    customer: `SELECT k AS c_custkey, printf('Customer#%09d', k) AS c_name, ${sentence('k', 15, 2)} AS c_address, nation AS c_nationkey, ${phone('nation', 'k')} AS c_phone,
      ${decimal(money('k', 17, -99_999, 999_999))} AS c_acctbal, ${pick('k', 18, ['AUTOMOBILE', 'BUILDING', 'FURNITURE', 'MACHINERY', 'HOUSEHOLD'])} AS c_mktsegment, ${sentence('k', 70, 8)} AS c_comment
      FROM (SELECT k, ${between('k', 16, 0, 24)} AS nation FROM ${numbers(customers)})`,
    // Every third customer has no order (4.2.3).
    orders: `SELECT o AS o_orderkey, CASE WHEN buyer % 3 = 0 THEN buyer - 1 ELSE buyer END AS o_custkey, status AS o_orderstatus, ${decimal('cents / 100')} AS o_totalprice, ${orderDate('o')} AS o_orderdate,
      ${pick('o', 81, ['1-URGENT', '2-HIGH', '3-MEDIUM', '4-NOT SPECIFIED', '5-LOW'])} AS o_orderpriority, printf('Clerk#%09d', ${between('o', 82, 1, Math.max(1, Math.round(1000 * scale)))}) AS o_clerk,
      CAST(0 AS INTEGER) AS o_shippriority, ${comment('o', 83, 70, 'blithely special pending requests')} AS o_comment
      FROM (SELECT l_orderkey AS o, ${between('l_orderkey', 80, 1, customers)} AS buyer, sum(cents * (100 + tax) * (100 - discount) // 10000) AS cents,
        CASE WHEN max(l_shipdate) <= DATE '1995-06-17' THEN 'F' WHEN min(l_shipdate) > DATE '1995-06-17' THEN 'O' ELSE 'P' END AS status FROM (${lines}) GROUP BY l_orderkey)`,
    lineitem: `SELECT l_orderkey, l_partkey, l_suppkey, CAST(l_linenumber AS INTEGER) AS l_linenumber, ${decimal('quantity')} AS l_quantity, ${decimal('cents / 100')} AS l_extendedprice,
      ${decimal('CAST(discount AS DECIMAL(14,2)) / 100')} AS l_discount, ${decimal('CAST(tax AS DECIMAL(14,2)) / 100')} AS l_tax,
      CASE WHEN l_receiptdate > DATE '1995-06-17' THEN 'N' WHEN line % 2 = 0 THEN 'R' ELSE 'A' END AS l_returnflag, CASE WHEN l_shipdate > DATE '1995-06-17' THEN 'O' ELSE 'F' END AS l_linestatus,
      l_shipdate, l_commitdate, l_receiptdate, ${pick('line', 49, ['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN'])} AS l_shipinstruct,
      ${pick('line', 50, ['REG AIR', 'AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB'])} AS l_shipmode, ${sentence('line', 55, 4)} AS l_comment FROM (${lines})`,
  };
}
