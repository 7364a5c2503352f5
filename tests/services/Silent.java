package services;

import java.time.Duration;

/** Tells nobody. */
public final class Silent implements Progress {
    @Override
    public void step(String service, String what) {}

    @Override
    public void ready(String service, Duration took) {}

    @Override
    public void action(String service, String action, String cause) {}

    @Override
    public void warn(String text) {}
}
