package agent;

import java.util.Optional;

/**
 * What a run is to do.
 *
 * @param verification whether done has to be earned by a check
 * @param rehearsal whether stand-ins answer and no model is called
 * @param further a new instruction for a session that is resumed
 */
public record Supervision(Task task, Limits limits, boolean verification, boolean rehearsal, Optional<String> further) {}
