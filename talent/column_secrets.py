"""The columns that name a person, or open what does, and are not sealed: how each was made unreadable, or why not."""

from collections.abc import Mapping

HASHED: Mapping[str, str] = {
    "account.password_hash": "Argon2id",
    "authenticator_app.sealed_secret": "sealed with a key made from the installation's secret",
    "calendar_feed.token_hash": "SHA-256 of a random token of 256 bits",
    "failure_streak.key": "a print of the login",
    "identity_provider.sealed_secret": "sealed with a key made from the installation's secret",
    "identity_paper.number_print": "keyed: HMAC-SHA-256 from the ring",
    "identity_paper.person_print": "keyed: HMAC-SHA-256 from the ring",
    "invitation.token_hash": "SHA-256 of a random token of 256 bits",
    "known_device.device_hash": "SHA-256 of a random name of 192 bits",
    "password_code.code_hash": "SHA-256 of a random code of 120 bits or more",
    "person_key.wrapped": "wrapped by the ring",
    "organisation_key.wrapped": "wrapped by the ring",
    "trainee.phone_key": "keyed: HMAC-SHA-256",
    "trainee.email_key": "keyed: HMAC-SHA-256",
    "trainee.contact_key": "keyed: HMAC-SHA-256",
    "trainee.person_key": "keyed: HMAC-SHA-256",
    "provider_errand.state_hash": "SHA-256 of a random token of 256 bits",
    "provider_errand.browser_hash": "SHA-256 of a random name of 192 bits",
    "provider_errand.sealed_secrets": "sealed with a key made from the installation's secret",
    "recovery_code.code_hash": "SHA-256 of a random code of 120 bits",
    "sign_in_failure.key": "a keyed print, kept one day",
    "sign_in_session.token_hash": "SHA-256 of a random token of 256 bits",
}
"""P3 columns that hold no readable value, and how it was made unreadable."""

IN_CLEAR: Mapping[str, str] = {
    "account.login": "found at each sign-in, and shown by no page but its owner's; to be replaced by a keyed print",
    "account.name": "the name of staff in their office, shown to the people whom they decide about",
    "assessment.assessor": "the name of staff in their office, held against those who teach",
    "cohort.instructors": "the names of staff in their office, held against those who assess",
    "trainee.claim_code": "read out by the institute to its trainee, and worth nothing once the record is joined",
    "invitation.sent_to": "read by whoever sent the invitation; removed when it has run out",
    "passkey.credential_id": "what the browser shows, by which the passkey is found; it opens nothing without its key",
    "provider_account.subject": "the provider's number for the person, by which each sign-in is found",
    "stored_file.original_name": "of an office's own lists; files about people are called by their purpose",
}
"""P3 columns that stand in clear, and why."""
