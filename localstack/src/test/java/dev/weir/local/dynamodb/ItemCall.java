package dev.weir.local.dynamodb;

import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.util.List;

/** One call of a program on a store of items. */
sealed interface ItemCall {

    record Get(Key key) implements ItemCall {}

    record GetAll(List<Key> keys) implements ItemCall {}

    record Query(Table table, String partition, String from, String to, int limit) implements ItemCall {}

    record Scan(Table table) implements ItemCall {}

    record WriteOne(Write write) implements ItemCall {}

    record Transact(List<Write> writes) implements ItemCall {}

    record DeleteAll(List<Key> keys) implements ItemCall {}
}
