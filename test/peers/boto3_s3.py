"""What boto3 users do with S3, against the endpoint of the environment. Prints ok, or fails with a traceback."""
import base64
import hashlib
import io
import os
import sys
import urllib.error

import urllib.request
import zlib

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

style = sys.argv[1]
endpoint = os.environ["AWS_ENDPOINT_URL"]
if style == "virtual":
    endpoint = endpoint.replace("127.0.0.1", "s3.localhost")
    import socket

    resolve = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **more: resolve("127.0.0.1" if str(host).endswith("localhost") else host, *rest, **more)
config = Config(s3={"addressing_style": style}, retries={"max_attempts": 1}, signature_version="s3v4")
s3 = boto3.client("s3", endpoint_url=endpoint, config=config)
bucket = f"boto-{style}"


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


s3.create_bucket(Bucket=bucket)
keys = ["plain", "a/b//c", "../up", " sp ace ", "+%&?=#", "한글/é😀", "ctl\x01\x1f\n\r\t", "'\"<>&amp;", "~!*()"]
for key in keys:
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode(), Metadata={"n": "v"})
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode(), key
listed = [o["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}) for o in page["Contents"]]
assert listed == sorted(keys, key=lambda k: k.encode()), listed
v1 = [o["Key"] for page in s3.get_paginator("list_objects").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}) for o in page["Contents"]]
assert v1 == listed, v1
assert [p["Prefix"] for p in s3.list_objects_v2(Bucket=bucket, Delimiter="/")["CommonPrefixes"]] == ["../", "a/", "한글/"]

for algorithm in ["CRC32", "SHA1", "SHA256"]:
    s3.put_object(Bucket=bucket, Key="sum", Body=b"123456789", ChecksumAlgorithm=algorithm)
    assert s3.head_object(Bucket=bucket, Key="sum", ChecksumMode="ENABLED")[f"Checksum{algorithm}"]
good = base64.b64encode(zlib.crc32(b"123456789").to_bytes(4, "big")).decode()
s3.put_object(Bucket=bucket, Key="sum", Body=b"123456789", ChecksumCRC32=good)
assert code_of(s3.put_object, Bucket=bucket, Key="bad", Body=b"other", ChecksumCRC32=good) == "BadDigest"
assert code_of(s3.get_object, Bucket=bucket, Key="bad") == "NoSuchKey"

payload = os.urandom(20 * 2**20 + 3)
s3.upload_fileobj(io.BytesIO(payload), bucket, "large", Config=TransferConfig(multipart_threshold=8 * 2**20, multipart_chunksize=8 * 2**20))
digests = b"".join(hashlib.md5(payload[at : at + 8 * 2**20]).digest() for at in range(0, len(payload), 8 * 2**20))
assert s3.head_object(Bucket=bucket, Key="large")["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-3"'
back = io.BytesIO()
s3.download_fileobj(bucket, "large", back)
assert back.getvalue() == payload
s3.copy({"Bucket": bucket, "Key": "large"}, bucket, "copied +é", Config=TransferConfig(multipart_threshold=8 * 2**20, multipart_chunksize=8 * 2**20))
assert s3.get_object(Bucket=bucket, Key="copied +é")["Body"].read() == payload

for key in keys:
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=60)
    with urllib.request.urlopen(url) as response:
        assert response.read() == key.encode(), key
put_url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "by url"}, ExpiresIn=60)
with urllib.request.urlopen(urllib.request.Request(put_url, data=b"sent", method="PUT", headers={"Content-Type": ""})) as response:
    assert response.status == 200
assert s3.get_object(Bucket=bucket, Key="by url")["Body"].read() == b"sent"
try:
    urllib.request.urlopen(put_url.replace("by%20url", "other"))
    raise AssertionError("a changed URL was accepted")
except urllib.error.HTTPError as error:
    assert error.code == 403 and b"SignatureDoesNotMatch" in error.read()

other = boto3.client("s3", endpoint_url=endpoint, config=config, aws_secret_access_key="wrong", aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"])
assert code_of(other.list_objects_v2, Bucket=bucket) == "SignatureDoesNotMatch"
assert code_of(s3.get_object, Bucket=bucket, Key="plain", Range="bytes=99-") == "InvalidRange"
assert code_of(s3.get_object, Bucket=bucket, Key="plain", IfNoneMatch=s3.head_object(Bucket=bucket, Key="plain")["ETag"]) == "304"
assert code_of(s3.delete_bucket, Bucket=bucket) == "BucketNotEmpty"

everything = [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]]
readable = [key for key in everything if key.isprintable()]
result = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in readable]})
assert {d["Key"] for d in result["Deleted"]} == set(readable) and not result.get("Errors"), result
# An answer that names control characters is no XML a parser takes, on AWS neither: ask for the failures only.
result = s3.delete_objects(Bucket=bucket, Delete={"Quiet": True, "Objects": [{"Key": key} for key in everything if key not in readable]})
assert not result.get("Errors"), result
s3.delete_bucket(Bucket=bucket)
print("ok")
