package dev.weir.local.cli;

import dev.weir.flow.StateView;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.bus.LocalBus;
import dev.weir.model.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Balances as JSON lines, {@code {"account":"alice","balance":12.30}}, sorted by the UTF-8 bytes of the account. */
final class BalancesFile {
    private BalancesFile() {}

    static void write(LocalBus bus, Path file) throws IOException {
        List<Map.Entry<String, BigDecimal>> balances = new ArrayList<>(
                new StateView<>(Ledger.GRAPH, bus.bus(), bus.wiring().items())
                        .all()
                        .entrySet());
        balances.sort(Comparator.comparing(
                entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Map.Entry<String, BigDecimal> balance : balances) {
                out.write("{\"account\":" + Json.quoted(balance.getKey()) + ",\"balance\":"
                        + balance.getValue().toPlainString() + "}\n");
            }
        }
    }
}
