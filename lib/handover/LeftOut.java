package handover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import services.ConfigFiles;

/** What a user has configured for one machine and an export does not take along: told, so that it is not missed later. */
final class LeftOut {
    private LeftOut() {}

    /**
     * @param taken names of configuration files that are in the export, under whatever name
     * @param settings keys of what the user has given; their values may be secrets and are not asked for
     */
    static List<String> of(ConfigFiles config, Set<String> taken, Set<String> settings) {
        List<String> notes = new ArrayList<>();
        String files = config.all().entrySet().stream().filter(file -> file.getValue().own()).map(Map.Entry::getKey)
                .filter(name -> !name.equals(ConfigFiles.SETTINGS) && !taken.contains(name)).sorted()
                .collect(Collectors.joining(", "));
        if (!files.isEmpty()) {
            notes.add("these files of yours are not in the export: " + files);
        }
        String keys = settings.stream().filter(key -> !key.startsWith("image.") && !key.equals("retention"))
                .collect(Collectors.joining(", "));
        if (!keys.isEmpty()) {
            notes.add("these settings of yours are not in the export, which has values of its own for a team: " + keys);
        }
        return notes;
    }
}
