"""Runs programs that use Twilio's library for Python, with the host that they call replaced by another one.

Standard input: {"host": "http://127.0.0.1:1", "programs": ["import os ...", ...]}. Standard output: a JSON list
with {"sent": [{method, url, params, data, headers, status, text}, ...], "error": "..."} for each program.
"""

import contextlib
import io
import json
import sys

import twilio.rest
from twilio.http.http_client import TwilioHttpClient

TWILIO = "https://taskrouter.twilio.com"
Client = twilio.rest.Client


class Elsewhere(TwilioHttpClient):
    def __init__(self, host):
        super().__init__()
        self.host = host
        self.sent = []

    def request(self, method, url, params=None, data=None, headers=None, *rest, **more):
        response = super().request(method, url.replace(TWILIO, self.host, 1), params, data, headers, *rest, **more)
        given = {"method": method, "url": url, "params": params or {}, "data": data or {}, "headers": headers}
        self.sent.append({**given, "status": response.status_code, "text": response.text})
        return response


def play(program, host):
    elsewhere = Elsewhere(host)
    twilio.rest.Client = lambda *credentials: Client(*credentials, http_client=elsewhere)
    error = ""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(program, "program", "exec"), {"__name__": "__main__"})
    except Exception as problem:  # Whatever it is: the test wants to know.
        error = f"{type(problem).__name__}: {problem}"
    return {"sent": elsewhere.sent, "error": error}


given = json.load(sys.stdin)
json.dump([play(program, given["host"]) for program in given["programs"]], sys.stdout)
