package containers;

import com.github.dockerjava.api.model.Network;
import containers.engine.Connection;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address by which containers reach programs of the machine that the engine runs on. */
final class HostAddress {
    /** Docker's word for it, which engines replace. */
    private static final String WORD = "host-gateway";
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");
    /** Podman knows the word from 4.7 on; before, it writes the word itself into the file of hosts. */
    private static final int MAJOR = 4;
    private static final int MINOR = 7;

    private HostAddress() {}

    /** @param network the containers' own, which is there already */
    static String of(Connection engine, String network) {
        if (engine.updatesContainers() || knowsTheWord(engine.version())) {
            return WORD;
        }
        Network described = engine.client().inspectNetworkCmd().withNetworkId(network).exec();
        return described.getIpam().getConfig().stream().map(Network.Ipam.Config::getGateway).filter(Objects::nonNull)
                .findFirst().orElse(WORD);
    }

    /** @param podman its version, such as {@code 4.3.1}; one that cannot be read is taken for a newer one */
    static boolean knowsTheWord(String podman) {
        Matcher version = VERSION.matcher(podman);
        if (!version.matches()) {
            return true;
        }
        int major = Integer.parseInt(version.group(1));
        return major > MAJOR || major == MAJOR && Integer.parseInt(version.group(2)) >= MINOR;
    }
}
