"""Whether letters are good mail."""
import email
import email.policy
def message_id(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)["Message-ID"]
