"""What schemathesis cannot know of the push interface by its description alone: how bodies are sent, and what it means to refuse one observation of many."""

import jsonschema_rs
import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection

# Whatever is sent as one of these is a text or bytes. Schemathesis also tries an array or a number where the description asks for a text, and sends it as
# its JSON, which is a text again and so what was asked for: an answer of 200 that refuses each line is right, and must not be held against the server.
OPAQUE = {"application/x-ndjson", "application/x-protobuf", "text/csv", "text/plain"}


@schemathesis.hook
def filter_case(context, case):
    return case.media_type not in OPAQUE or not isinstance(case.body, (dict, list, int, float, type(None)))


@schemathesis.serializer("application/x-ndjson", "application/x-protobuf")
def as_it_is(context, value):
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return bytes(value.data)


@schemathesis.check
def bad_input_is_refused(ctx, response, case):
    """The check negative_data_rejection, but for observations, which are refused one by one: there each bad one must be named in the receipt."""
    if case.operation.label == "POST /v1/observations" and case.media_type == "application/json" and response.status_code == 200:
        schema = case.operation.schema.raw_schema["components"]["schemas"]["Observation"]
        observation = jsonschema_rs.validator_for(schema, validate_formats=True)
        bad = {index for index, item in enumerate(case.body["observations"]) if not observation.is_valid(item)}
        accepted = bad - {refusal["index"] for refusal in response.json()["refused"]}
        assert not accepted, f"observations {sorted(accepted)} violate the description and are not refused"
        if bad and case.meta and not any(case.meta.is_negative_at(place) for place in ParameterLocation if place is not ParameterLocation.BODY):
            return None
    return negative_data_rejection(ctx, response, case)
