package containers.engine;

import java.util.function.Supplier;

/** A value that is made when somebody first wants it, once. Whoever wants it while it is made waits. */
public final class Lazily<T> {
    private final Supplier<T> make;
    private T value;

    public Lazily(Supplier<T> make) {
        this.make = make;
    }

    synchronized T get() {
        if (value == null) {
            value = make.get();
        }
        return value;
    }
}
