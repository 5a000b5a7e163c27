"""A bank. Reads transfers, one JSON object a line, and writes each with its outcome. The balances are in memory."""
import json
import os
import sys

balances = {}
for line in sys.stdin:
    transfer = json.loads(line)
    source, target, amount = transfer["source"], transfer["target"], transfer["amount"]
    if source == "sweep" or balances.get(source, 0) >= amount:
        balances[source] = balances.get(source, 0) - amount
        balances[target] = balances.get(target, 0) + amount
        transfer["outcome"] = "approve"
    else:
        transfer["outcome"] = "deny"
    os.write(1, json.dumps(transfer).encode() + b"\n")
