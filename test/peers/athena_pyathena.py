"""PyAthena, the driver most Python users have; the endpoint and the keys come by the environment."""

import datetime
import decimal

from pyathena import connect

cursor = connect(s3_staging_dir="s3://secchi-results/pyathena/", region_name="us-east-1", schema_name="default").cursor()
cursor.execute(
    "SELECT 1 AS n, CAST(NULL AS varchar) AS missing, '' AS empty, DATE '2020-01-02' AS d, DECIMAL '1.50' AS c, true AS b, 1.5e0 AS f, ARRAY[1, 2] AS a"
)
assert [column[:2] for column in cursor.description] == [
    ("n", "integer"), ("missing", "varchar"), ("empty", "varchar"), ("d", "date"), ("c", "decimal"), ("b", "boolean"), ("f", "double"), ("a", "array"),
], cursor.description
row = cursor.fetchone()
assert row[:7] == (1, None, "", datetime.date(2020, 1, 2), decimal.Decimal("1.50"), True, 1.5), row
cursor.execute("SELECT x FROM UNNEST(sequence(1, 2500)) t(x)")
assert [x for (x,) in cursor] == list(range(1, 2501))
cursor.execute("SHOW DATABASES")
assert ("default",) in cursor.fetchall()
cursor.execute("SELECT %(word)s AS word", {"word": "it's"})
assert cursor.fetchall() == [("it's",)]
print("ok")
