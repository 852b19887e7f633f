"""Who may write: a token with the right scope, as `Authorization: Bearer TOKEN` or as the password of Basic."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.security import HTTPBearer

from api.problems import Refused
from api.scopes import Scope
from api.tokens import Tokens

DESCRIBED: Final = HTTPBearer(
    scheme_name="token",
    description="A token that `etiograph token create` printed; or Basic, with any user and the token as password.",
    auto_error=False,
)
"""What OpenAPI says of it; it refuses nobody."""

_CHALLENGE: Final = {"WWW-Authenticate": 'Basic realm="etiograph", charset="UTF-8", Bearer realm="etiograph"'}


def token_with(scope: Scope) -> Callable[[Request], Awaitable[None]]:
    """A dependency that lets only requests pass that bring a token with this scope.

    Raises:
        Refused: 401 without a token that is known; 403 with one for something else.
    """

    async def check(request: Request) -> None:
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        match scheme.lower():
            case "bearer":
                secret = value.strip()
            case "basic":
                secret = _password(value.strip())
            case "":
                raise _unauthorized("writing needs a token; `etiograph token create` makes one")
            case _:
                raise _unauthorized("send the token as Bearer, or as the password of Basic")
        tokens: Tokens = request.app.state.tokens
        known = tokens.find(secret)
        if known is None:
            raise _unauthorized("this token is unknown or was revoked")
        if not known.scope.covers(scope):
            raise Refused(403, f"the token {known.name!r} is for {known.scope}; this needs one for {scope}")
        if scheme.lower() == "basic" and _from_another_site(request):
            raise Refused(403, "a page of another site may not use a password the browser remembers; send it as Bearer")

    return check


def _unauthorized(detail: str) -> Refused:
    return Refused(401, detail, headers=_CHALLENGE)


def _password(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError) as error:
        raise _unauthorized("what was sent as Basic is no user and password in Base64") from error


def _from_another_site(request: Request) -> bool:
    """Whether a browser sends this for a page from elsewhere; programs say nothing of where they come from."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
