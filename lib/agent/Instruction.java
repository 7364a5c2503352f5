package agent;

import java.util.Optional;

/**
 * What a round of the worker is told.
 *
 * @param conversation the worker's own conversation to go on with; empty starts a new one
 * @param budget what this round may still cost, for workers that can bound themselves
 */
public record Instruction(String text, Optional<String> conversation, Optional<Usd> budget) {}
