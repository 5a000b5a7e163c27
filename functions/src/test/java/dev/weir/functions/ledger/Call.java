package dev.weir.functions.ledger;

/**
 * One call of a process to the outside.
 *
 * @param index calls of the process before it
 * @param port what is called
 */
record Call(int index, Port port) {

    /** What a process can call. Writes of many items count one by one, so that a process can die between them. */
    enum Port {
        READ,
        WRITE,
        TRANSACT,
        DELETE,
        PUT,
        SHARDS
    }
}
