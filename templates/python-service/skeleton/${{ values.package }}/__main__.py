"""Starts the service and ends it without dropping what is under way."""

import os
import signal
import threading

from .app import make_server


def main() -> None:
    server = make_server(int(os.environ.get("PORT", "${{ values.port }}")))

    def stop(_signal: int, _frame: object) -> None:
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"${{ values.name }} listens on {server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
