package console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A table with aligned columns and without borders. Colours are added per cell after the widths are known. */
public final class Table {
    private static final String GAP = "  ";

    /** The last column is useless with fewer columns than these. */
    private static final int LAST = 24;

    private final List<List<String>> rows = new ArrayList<>();
    private final int lastWidth;

    /** @param width of the whole table; the last column is cut to the remaining width */
    public Table(int width, String... heads) {
        this.lastWidth = width;
        rows.add(List.of(heads));
    }

    /** Adds a row without control characters: versions, titles and tasks often come from outside. */
    public Table row(String... cells) {
        rows.add(Stream.of(cells).map(Format::printable).toList());
        return this;
    }

    /** Removes columns in this order until the last column has room. */
    public Table dispensable(String... heads) {
        for (String head : heads) {
            int column = rows.get(0).indexOf(head);
            if (column >= 0 && before(widths()) + LAST > lastWidth) {
                rows.replaceAll(row -> {
                    List<String> rest = new ArrayList<>(row);
                    rest.remove(column);
                    return List.copyOf(rest);
                });
            }
        }
        return this;
    }

    private List<Integer> widths() {
        int columns = rows.get(0).size();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths.set(i, Math.max(widths.get(i), Cells.width(row.get(i))));
            }
        }
        return widths;
    }

    private static int before(List<Integer> widths) {
        return widths.subList(0, widths.size() - 1).stream().mapToInt(w -> w + GAP.length()).sum();
    }

    /** The lines; the first has the heads, dimmed. */
    public List<String> lines(Palette palette) {
        int columns = rows.get(0).size();
        List<Integer> widths = widths();
        int before = before(widths);
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                String cell = rows.get(r).get(i);
                line.append(Cells.padded(cell, widths.get(i))).append(GAP);
            }
            line.append(Format.oneLine(rows.get(r).get(columns - 1), Math.max(10, lastWidth - before)));
            String text = line.toString().stripTrailing();
            lines.add(r == 0 ? palette.dim(text) : text);
        }
        return lines;
    }
}
