"""Chromium without a window, by the DevTools protocol over its pipe: what a page shows, and what it complains of."""

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-extensions", "--disable-background-networking", "--remote-debugging-pipe")  # fmt: skip
_COMPLAINTS = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Audits.issueAdded",
               "Page.javascriptDialogOpening")  # fmt: skip
_TELLING = ("Page", "Runtime", "Log", "Audits")


class Page:
    """One page at a time; `complaints` is what its console, its policy and its scripts told since it was opened."""

    def __init__(self, send: int, receive: int) -> None:
        self.complaints: list[dict[str, Any]] = []
        self._send, self._receive, self._numbers = os.fdopen(send, "wb"), os.fdopen(receive, "rb"), count(1)
        self._session, self._seen, self._rest = "", list[str](), b""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in _TELLING:
            self.call(f"{domain}.enable")

    def open(self, file: Path, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
        self.complaints.clear()
        self._seen.clear()
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", url=file.as_uri())
        while "Page.loadEventFired" not in self._seen:
            self._take()

    def value(self, script: str) -> Any:
        done = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return done["result"].get("value")

    def screenshot(self, file: Path) -> None:
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, file: Path) -> None:
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)
        file.write_bytes(base64.b64decode(printed["data"]))

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        self._send.write(json.dumps(message).encode() + b"\0")
        self._send.flush()
        while (answer := self._take()).get("id") != number:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def _take(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._receive.fileno(), 1 << 16)
            assert read, "the browser is gone"
            self._rest += read
        message, _end, self._rest = self._rest.partition(b"\0")
        told = json.loads(message)
        self._seen.append(told.get("method", ""))
        if told.get("method") in _COMPLAINTS:
            self.complaints.append(told["params"])
        return told

    def close(self) -> None:
        self._session = ""
        self.call("Browser.close")
        self._send.close()
        self._receive.close()


@contextmanager
def chromium() -> Iterator[Page]:
    """The browser reads our words from its handle 3 and answers on 4."""
    (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        command = ["chromium", *_OPTIONS, f"--user-data-dir={home}", "about:blank"]
        shell = ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "bash", *command]
        process = subprocess.Popen(
            shell, pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            with closing(Page(ours_out, ours_in)) as page:
                yield page
        finally:
            process.terminate()
            process.wait(timeout=20)
