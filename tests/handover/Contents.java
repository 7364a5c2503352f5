package handover;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** How much an export must hold, counted in its own files, for tests that ask a program how much it found. */
record Contents(Map<String, String> files) {
    /** Objects of Kubernetes: those in the files that the kustomization names, and the ConfigMaps that it makes. */
    long objects() {
        Map<String, List<Object>> kustomization = new Yaml().load(files.get("kustomization.yaml"));
        return kustomization.get("resources").stream().mapToLong(name -> documents(name.toString())).sum()
                + kustomization.get("configMapGenerator").size();
    }

    long documents(String name) {
        long documents = 0;
        for (Object document : new Yaml().loadAll(files.get(name))) {
            documents += document == null ? 0 : 1;
        }
        return documents;
    }

    /** Each workload is a StatefulSet with one kind of pod. */
    long workloads() {
        return files.keySet().stream().filter(name -> name.endsWith("-workload.yaml")).count();
    }

    /** What Compose is to find, in the words of {@code tests/handover/composecheck}. */
    String composed() {
        Map<String, Map<String, Object>> project = new Yaml().load(files.get("compose.yaml")
                .replaceFirst("(?m)^name: .*$", ""));
        return "services " + project.get("services").size() + " volumes " + project.get("volumes").size();
    }
}
