package containers;

import contract.Failure;
import java.util.List;
import java.util.Map;
import services.Catalogue;
import services.ConfigFiles;
import services.Service;
import services.StackOptions;

/** The services that a user means. */
final class Selection {
    private Selection() {}

    /** All, as they are without any option: for what is the same whatever the options, such as names and order. */
    static List<Service> defaults() {
        return Catalogue.services(StackOptions.defaults(), Map.of());
    }

    /** Those with these names, or all when there are none. @throws Failure (usage) for a name that nobody has */
    static List<Service> named(List<String> names, List<Service> services) {
        names.stream().filter(name -> !ConfigFiles.SERVICES.contains(name)).findFirst().ifPresent(name -> {
            throw Failure.usage("unknown service: " + name, "services are " + String.join(", ", ConfigFiles.SERVICES));
        });
        return services.stream().filter(service -> names.isEmpty() || names.contains(service.name())).toList();
    }
}
