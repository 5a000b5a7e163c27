package dev.weir.local.cli;

import java.io.PrintStream;
import java.util.List;

/** Lines of cells, aligned for people. */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** @param lines each with the same number of cells, the titles first */
    static void print(List<List<String>> lines, PrintStream out) {
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append(line.get(i));
                text.repeat(' ', width(lines, i) - line.get(i).length()).append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
