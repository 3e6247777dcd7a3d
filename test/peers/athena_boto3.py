"""Glue and Athena through boto3; the endpoint and the keys come by the environment."""

import time

import boto3

glue = boto3.client("glue")
athena = boto3.client("athena")

glue.create_database(DatabaseInput={"Name": "py"})
try:
    glue.create_database(DatabaseInput={"Name": "py"})
    raise AssertionError("a second database of that name")
except glue.exceptions.AlreadyExistsException:
    pass
for i in range(5):
    glue.create_table(
        DatabaseName="py",
        TableInput={
            "Name": f"t{i}",
            "PartitionKeys": [{"Name": "day", "Type": "date"}],
            "StorageDescriptor": {"Columns": [{"Name": "a", "Type": "int"}], "Location": f"s3://secchi-results/py/t{i}/"},
        },
    )
pages = glue.get_paginator("get_tables").paginate(DatabaseName="py", PaginationConfig={"PageSize": 2})
assert [t["Name"] for page in pages for t in page["TableList"]] == [f"t{i}" for i in range(5)]
values = [f"2024-01-{day:02d}" for day in range(1, 31)]
glue.batch_create_partition(DatabaseName="py", TableName="t0", PartitionInputList=[{"Values": [v]} for v in values])
found = glue.get_partitions(DatabaseName="py", TableName="t0", Expression="day BETWEEN '2024-01-10' AND '2024-01-12'")
assert [p["Values"][0] for p in found["Partitions"]] == values[9:12], found


def run(sql):
    execution = athena.start_query_execution(QueryString=sql, QueryExecutionContext={"Database": "py"})["QueryExecutionId"]
    while True:
        status = athena.get_query_execution(QueryExecutionId=execution)["QueryExecution"]["Status"]
        if status["State"] in ("SUCCEEDED", "FAILED", "CANCELLED"):
            return execution, status
        time.sleep(0.05)


execution, status = run("SELECT n FROM UNNEST(sequence(1, 1500)) t(n)")
assert status["State"] == "SUCCEEDED", status
rows = [r for page in athena.get_paginator("get_query_results").paginate(QueryExecutionId=execution) for r in page["ResultSet"]["Rows"]]
assert [r["Data"][0]["VarCharValue"] for r in rows] == ["n"] + [str(n) for n in range(1, 1501)]
_, status = run("SELECT nothing FROM nowhere")
assert status["State"] == "FAILED" and "nowhere" in status["StateChangeReason"], status
try:
    athena.get_work_group(WorkGroup="none")
    raise AssertionError("a work group that is not there")
except athena.exceptions.InvalidRequestException:
    pass
print("ok")
