package dev.weir.infra.cost;

/**
 * What AWS would bill, and some of what it would not, in counts. Immutable.
 *
 * @param transactions of DynamoDB
 * @param commitUnits write units of transactions
 * @param rowUnits write units of single writes
 * @param deleteUnits write units of single deletes
 * @param readUnits of DynamoDB
 * @param putUnits of Kinesis: records, or each 25 KB of one
 * @param putBytes into Kinesis
 * @param objectPuts of S3
 * @param objectGets of S3
 * @param invocations of Lambda
 * @param functionMillis of Lambda, reckoned
 * @param events that a bot got
 */
public record Units(
        long transactions,
        long commitUnits,
        long rowUnits,
        long deleteUnits,
        long readUnits,
        long putUnits,
        long putBytes,
        long objectPuts,
        long objectGets,
        long invocations,
        double functionMillis,
        long events) {

    static final Units NONE = new Units(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** All write units of DynamoDB. */
    public long writeUnits() {
        return commitUnits + rowUnits + deleteUnits;
    }

    Units since(Units before) {
        return new Units(
                transactions - before.transactions,
                commitUnits - before.commitUnits,
                rowUnits - before.rowUnits,
                deleteUnits - before.deleteUnits,
                readUnits - before.readUnits,
                putUnits - before.putUnits,
                putBytes - before.putBytes,
                objectPuts - before.objectPuts,
                objectGets - before.objectGets,
                invocations - before.invocations,
                functionMillis - before.functionMillis,
                events - before.events);
    }
}
