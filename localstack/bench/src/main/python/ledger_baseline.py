"""A ledger in one process and in memory: decides transfers from stdin, one JSON object a line, and prints each with its outcome.

What Weir's engine is measured against. It keeps nothing, and a crash loses everything: that is the point of the comparison.
"""

import os
import sys

import jsonlines
import orjson

funds = {}

for order in jsonlines.Reader(sys.stdin, loads=orjson.loads):
    giver, taker, amount = order["source"], order["target"], order["amount"]
    covered = giver == "sweep" or funds.get(giver, 0) >= amount
    if covered:
        funds[giver] = funds.get(giver, 0) - amount
        funds[taker] = funds.get(taker, 0) + amount
    order["outcome"] = "approve" if covered else "deny"
    os.write(1, orjson.dumps(order, option=orjson.OPT_APPEND_NEWLINE))
