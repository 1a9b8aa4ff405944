"""Runs trials in a scene, one after the other: jobs come as lines of JSON, results go as lines of JSON."""

import importlib
import json
import os
import sys
import time
import traceback

import scene as scenes


def main():
    asked = json.loads(sys.argv[1])
    # Not inherited by what is run here.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    scene = scenes.Scene(asked["tcptune"], asked["namespaces"])
    print(json.dumps({"namespaces": scenes.namespaces()}), file=results, flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        began = time.monotonic()
        try:
            scene.reset()
            answer = getattr(importlib.import_module(job["part"]), job["trial"])(scene, **job.get("with", {}))
        except scenes.Unfit as error:
            answer = {"violations": ["%s %s: %s" % (job["trial"], job.get("with", ""), error)]}
        except Exception:
            answer = {"violations": ["the trial itself failed: " + traceback.format_exc()]}
        answer["seconds"] = time.monotonic() - began
        print(json.dumps(answer), file=results, flush=True)
    scene.kill_all()


if __name__ == "__main__":
    main()
