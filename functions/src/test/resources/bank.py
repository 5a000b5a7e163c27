"""A program that knows nothing of buses: transfers in, decisions out, balances in memory."""
import json
import os
import sys

balances = {}
for line in sys.stdin:
    transfer = json.loads(line)
    if "exit" in transfer:
        print("told to exit", file=sys.stderr)
        sys.exit(transfer["exit"])
    if "say" in transfer:
        os.write(1, transfer["say"].encode() + b"\n")
        continue
    if "sleep" in transfer:
        import time
        time.sleep(transfer["sleep"])
    source, target, amount = transfer["source"], transfer["target"], transfer["amount"]
    funds = balances.get(source, 0)
    transfer["ok"] = source == "sweep" or funds >= amount
    if transfer["ok"]:
        balances[source] = funds - amount
        balances[target] = balances.get(target, 0) + amount
    os.write(1, json.dumps(transfer).encode() + b"\n")
