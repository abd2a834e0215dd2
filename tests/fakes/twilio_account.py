"""What Twilio tells of an account and its numbers."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Json = dict[str, object]


class FakeAccount:
    """The resource of one account, and its phone numbers; for whoever knows its token."""

    def __init__(self, sid: str, authorization: str) -> None:
        self.authorization = authorization
        self.resource: Json = {"sid": sid, "status": "active", "type": "Full", "friendly_name": "Carnet"}
        self.numbers: list[Json] = []
        path = f"/2010-04-01/Accounts/{sid}"
        self.routes = [
            Route(f"{path}.json", self._tell, methods=["GET"]),
            Route(f"{path}/IncomingPhoneNumbers.json", self._list, methods=["GET"]),
        ]

    async def _tell(self, request: Request) -> Response:
        if request.headers.get("Authorization") != self.authorization:
            return JSONResponse({"code": 20003, "message": "Authenticate", "status": 401}, 401)
        return JSONResponse(self.resource)

    async def _list(self, request: Request) -> Response:
        wanted = request.query_params.get("PhoneNumber")
        found = [number for number in self.numbers if number["phone_number"] == wanted]
        return JSONResponse({"incoming_phone_numbers": found, "page": 0})
