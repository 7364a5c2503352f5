package agent;

import java.util.List;

/**
 * What differs between two states of the working tree.
 *
 * @param paths relative to the working directory, those that exist now first; all of them
 * @param linesAdded of text files; 0 where lines cannot be counted
 */
public record Changes(List<String> paths, int linesAdded, int linesRemoved) {
    public static final Changes NONE = new Changes(List.of(), 0, 0);

    public boolean none() {
        return paths.isEmpty();
    }
}
