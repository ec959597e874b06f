"""Why a connection was not made, by the words of the server and of libpq: there is no SQLSTATE yet.

The server speaks the language of its lc_messages; docs/centre.md asks for English. Whatever else it
says counts as not reached, which is tried again all the same.
"""

import re

_LOGIN_WORDS = re.compile(
    "password authentication failed|is not permitted to log in|no pg_hba.conf entry"
    "|(role|database) .* does not exist|permission denied for database"
    "|authentication failed for user"
)
_CERTIFICATE_WORDS = re.compile(
    "certificate verify failed|provider signature failure|server certificate for|root certificate"
    "|does not support SSL"
)


def refuses_login(words: str) -> bool:
    """Tell whether the server does not let this login in."""
    return not unverified(words) and _LOGIN_WORDS.search(words) is not None


def unverified(words: str) -> bool:
    """Tell whether nobody vouches for the server, or it does not speak TLS."""
    return _CERTIFICATE_WORDS.search(words) is not None
