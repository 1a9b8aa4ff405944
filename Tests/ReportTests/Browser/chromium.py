"""Chromium without a window, spoken to through pipes in its DevTools protocol; nothing but Python's own library."""

import json
import os
import subprocess
import tempfile


class Chromium:
    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="tcptune-chromium-", ignore_cleanup_errors=True)
        to_read, self.to = os.pipe()
        self.of, of_write = os.pipe()

        def place():
            # DevTools reads descriptor 3 and writes to 4; those of the pipes may be these numbers already.
            read, write = os.dup(to_read), os.dup(of_write)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--disable-background-networking", "--hide-scrollbars", f"--user-data-dir={self.profile.name}"],
            preexec_fn=place, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(of_write)
        self.asked, self.left = 0, b""
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self.process.wait(timeout=20)
        except (OSError, EOFError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.profile.cleanup()

    def message(self):
        while b"\0" not in self.left:
            more = os.read(self.of, 1 << 16)
            if not more:
                raise EOFError("chromium has ended")
            self.left += more
        one, self.left = self.left.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, session=None, until=None, **parameters):
        """What a method gives; with `until`, after that event has come as well."""
        self.asked += 1
        asked = {"id": self.asked, "method": method, "params": parameters}
        if session:
            asked["sessionId"] = session
        os.write(self.to, json.dumps(asked).encode() + b"\0")
        result = None
        while result is None or until:
            message = self.message()
            if message.get("id") == self.asked:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                result = message["result"]
            elif until and message.get("method") == until:
                until = None
        return result

    def open(self, address):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session)
        page.call("Page.enable")
        page.call("Page.navigate", until="Page.loadEventFired", url=address)
        return page


class Page:
    def __init__(self, browser, target, session):
        self.browser, self.target, self.session = browser, target, session

    def call(self, method, until=None, **parameters):
        return self.browser.call(method, self.session, until, **parameters)

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", "threw"))
        return result["result"].get("value")

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)
