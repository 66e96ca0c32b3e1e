import json
import threading
import unittest
from urllib.error import HTTPError
from urllib.request import urlopen

from checkout.app import make_server


class AppTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = make_server(0)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://localhost:{self.server.server_port}"

    def tearDown(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def test_says_that_it_is_healthy(self) -> None:
        with urlopen(f"{self.address}/health") as response:
            self.assertEqual(json.load(response), {"status": "ok"})

    def test_says_what_it_does_not_know(self) -> None:
        with self.assertRaises(HTTPError) as raised:
            urlopen(f"{self.address}/nowhere")
        self.assertEqual(raised.exception.code, 404)
        raised.exception.close()


if __name__ == "__main__":
    unittest.main()
