package dev.weir.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A plot with logarithmic axes as SVG. Not thread-safe. */
final class Plot {
    private static final int WIDTH = 750;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 50;
    private static final int TOP = 50;
    private static final int BOTTOM = 130;
    private static final List<String> COLOURS = List.of("#1b6ca8", "#b8651b", "#3a8f4a", "#7a4fa3");

    private final String title;
    private final String across;
    private final String up;
    private final List<Line> lines = new ArrayList<>();

    Plot(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    private record Point(double x, double y) {}

    /** One line of the plot. */
    static final class Line {
        private final String name;
        private final List<Point> points = new ArrayList<>();

        private Line(String name) {
            this.name = name;
        }

        /** Both above zero. */
        void add(double x, double y) {
            points.add(new Point(Math.log10(x), Math.log10(y)));
        }
    }

    Line line(String name) {
        Line line = new Line(name);
        lines.add(line);
        return line;
    }

    String svg() {
        int right = ceiling(true);
        int top = ceiling(false);
        int bottom = Math.min(0, (int) Math.floor(all(false).min().orElse(0)));
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        text(svg, LEFT, TOP - 22, "start", title + ", " + up);
        for (int x = 0; x <= right; x++) {
            grid(svg, x(x, right), TOP, x(x, right), HEIGHT - BOTTOM);
            text(svg, x(x, right), HEIGHT - BOTTOM + 18, "middle", power(x));
        }
        for (int y = bottom; y <= top; y++) {
            grid(svg, LEFT, y(y, bottom, top), WIDTH - RIGHT, y(y, bottom, top));
            text(svg, LEFT - 8, y(y, bottom, top) + 4, "end", power(y));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 38, "middle", across);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), right, bottom, top);
            text(svg, LEFT + 22, HEIGHT - 64 + 18.0 * i, "start", lines.get(i).name);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n",
                    LEFT,
                    HEIGHT - 70 + 18 * i,
                    COLOURS.get(i % COLOURS.size())));
        }
        return svg.append("</svg>\n").toString().replace("\r", "");
    }

    private DoubleStream all(boolean horizontal) {
        return lines.stream()
                .flatMap(line -> line.points.stream())
                .mapToDouble(point -> horizontal ? point.x : point.y);
    }

    private int ceiling(boolean horizontal) {
        return Math.max(1, (int) Math.ceil(all(horizontal).max().orElse(1)));
    }

    private static double x(double log, int right) {
        return LEFT + log * (WIDTH - LEFT - RIGHT) / right;
    }

    private static double y(double log, int bottom, int top) {
        return HEIGHT - BOTTOM - (log - bottom) * (HEIGHT - TOP - BOTTOM) / (top - bottom);
    }

    private static String power(int log) {
        return log >= 0
                ? String.format(Locale.ROOT, "%,d", (long) Math.pow(10, log))
                : "0." + "0".repeat(-log - 1) + "1";
    }

    private static void draw(StringBuilder svg, Line line, String colour, int right, int bottom, int top) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points) {
            String at = String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x, right), y(point.y, bottom, top));
            path.append(at);
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n",
                    x(point.x, right),
                    y(point.y, bottom, top),
                    colour));
        }
        svg.append("<polyline points=\"").append(path.toString().strip()).append("\" fill=\"none\" stroke=\"");
        svg.append(colour).append("\" stroke-width=\"2\"/>\n");
    }

    private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222222\">%s</text>%n",
                x,
                y,
                anchor,
                text));
    }
}
