package containers.engine;

/**
 * How a command in a container has ended.
 *
 * @param exitCode the command's own, or what engines report for one that they cannot start; 141, as of a program in a pipe,
 *                 when nobody reads what it writes any more
 * @param started false when the engine has said that it cannot start it
 */
public record CommandEnd(int exitCode, boolean started) {}
