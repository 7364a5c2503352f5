package console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Columns that line up, no lines around them. Colour is given per cell after the widths are known. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int lastWidth;

    /** @param width of the whole; the last column is cut to what is left */
    public Table(int width, String... heads) {
        this.lastWidth = width;
        rows.add(List.of(heads));
    }

    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, the heads first and dimmed. */
    public List<String> lines(Palette palette) {
        int columns = rows.get(0).size();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths.set(i, Math.max(widths.get(i), Cells.width(row.get(i))));
            }
        }
        int before = widths.subList(0, columns - 1).stream().mapToInt(w -> w + GAP.length()).sum();
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
