package dev.weir.bench.kafka;

/** Names of one round. */
record Topics(String application) {
    String input() {
        return application + "-input";
    }

    String output() {
        return application + "-output";
    }
}
