"""As bank.py, but it can tell its state, and take it back."""
import json
import os
import random
import sys

balances = {}


def say(value):
    rest = json.dumps(value).encode() + b"\n"
    while rest:
        rest = rest[os.write(1, rest):]


for line in sys.stdin:
    transfer = json.loads(line)
    if transfer.get("_weir") == "snapshot":
        say(balances)
        continue
    if transfer.get("_weir") == "restore":
        balances = transfer["state"]
        continue
    if "grow" in transfer:
        balances["padding"] = random.Random(1).randbytes(transfer["grow"]).hex()
    source, target, amount = transfer["source"], transfer["target"], transfer["amount"]
    funds = balances.get(source, 0)
    transfer["ok"] = source == "sweep" or funds >= amount
    if transfer["ok"]:
        balances[source] = funds - amount
        balances[target] = balances.get(target, 0) + amount
    say(transfer)
