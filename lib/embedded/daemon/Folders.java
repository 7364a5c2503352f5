package embedded.daemon;

import contract.FallenEngine;
import contract.OwnerFiles;
import contract.StateFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where this engine keeps what: the store under XDG data, everything else under XDG state; both of the owner only. */
record Folders(Path data, Path state) {
    private static final String NAME = "embedded";

    static Folders of(Map<String, String> environment) {
        return new Folders(StateFolders.data(environment).resolve(NAME), StateFolders.state(environment).resolve(FallenEngine.FOLDER));
    }

    void create() throws IOException {
        OwnerFiles.folders(data);
        OwnerFiles.folders(state);
    }

    /** Who runs and where it listens; there while it runs, and after it was killed. */
    Path daemon() {
        return state.resolve(FallenEngine.STATE_FILE);
    }

    /** What a start is to use; deleted when read. */
    Path wanted() {
        return state.resolve("wanted.properties");
    }

    /** Why the last start failed; deleted when read. */
    Path failure() {
        return state.resolve("failure.properties");
    }

    /** What the JVM itself says before, or instead of, logging. */
    Path console() {
        return state.resolve(FallenEngine.CONSOLE_FILE);
    }

    /** Held by whoever starts or stops. Not by the name of the store's own lock: both folders may be the same one. */
    Path lock() {
        return state.resolve("starting.lock");
    }
}
