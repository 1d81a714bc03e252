"""Who sits at the desk: a signed cookie with a name, and the token that ties a form to that cookie."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "scalewatch_desk"
NAME_LIMIT = 80
_KEPT_FOR = 365 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser: a random `key` that its forms are bound to, and the `reviewer` whom its decisions name."""

    key: str
    reviewer: str
    is_new: bool = False


class Cookies:
    """Reads and writes the cookie of a visitor; what was not signed with `secret` counts as no cookie."""

    def __init__(self, secret: str | bytes, default_reviewer: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="scalewatch-desk-visitor")
        self._token_key = sha256(b"scalewatch-desk-form" + _as_bytes(secret)).digest()
        self._default_reviewer = default_reviewer

    def visitor(self, request: Request) -> Visitor:
        """Return who sent `request`; a new visitor where the cookie is missing or forged."""
        try:
            key, reviewer = self._serializer.loads(request.cookies.get(COOKIE, ""))
        except (BadSignature, ValueError, TypeError):
            return Visitor(secrets.token_urlsafe(24), self._default_reviewer, is_new=True)
        return Visitor(str(key), str(reviewer))

    def token(self, visitor: Visitor) -> str:
        """Return the token that a form of `visitor` must carry."""
        return hmac.new(self._token_key, visitor.key.encode(), sha256).hexdigest()

    def is_token(self, visitor: Visitor, token: str) -> bool:
        """Whether `token` was made for `visitor`."""
        return hmac.compare_digest(self.token(visitor).encode(), token.encode())

    def write(self, request: Request, response: Response, visitor: Visitor) -> None:
        """Put the cookie of `visitor` into `response`; it cannot be read by scripts or sent from other sites' forms."""
        response.set_cookie(
            COOKIE,
            self._serializer.dumps([visitor.key, visitor.reviewer]),
            max_age=_KEPT_FOR,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )


def _as_bytes(secret: str | bytes) -> bytes:
    return secret.encode() if isinstance(secret, str) else secret
