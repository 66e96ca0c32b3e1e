"""The routes."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROUTES: dict[str, object] = {
    "/": {"service": "checkout"},
    "/health": {"status": "ok"},
}


class Handler(BaseHTTPRequestHandler):
    """Answers GET requests with JSON."""

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0]
        if path in ROUTES:
            self.answer(HTTPStatus.OK, ROUTES[path])
        else:
            self.answer(HTTPStatus.NOT_FOUND, {"error": "not found"})

    def answer(self, status: HTTPStatus, body: object) -> None:
        content = json.dumps(body).encode() + b"\n"
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are the proxy's to log."""


def make_server(port: int) -> ThreadingHTTPServer:
    """The service, bound to a port and not yet serving."""
    return ThreadingHTTPServer(("", port), Handler)
