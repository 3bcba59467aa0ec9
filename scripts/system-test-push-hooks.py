"""Lets schemathesis send bodies of types that it does not know: as the text or the bytes that it generates for them."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson", "application/x-protobuf")
def as_it_is(context, value):
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return json.dumps(value).encode() if not hasattr(value, "data") else bytes(value.data)
