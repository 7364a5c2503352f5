package telemetry;

import agent.TelemetryPlan;
import java.nio.file.Path;

/**
 * Which run it is whose telemetry is sent while it goes on.
 *
 * @param folder of the session
 * @param state PA's state folder
 * @param number of the run in its session, from 1
 * @param roundsBefore rounds of the worker in the session's earlier runs
 * @param firstEvent the number of the run's first event
 */
public record RunPlace(String session, Path folder, Path state, int number, int roundsBefore, long firstEvent,
        TelemetryPlan plan) {}
