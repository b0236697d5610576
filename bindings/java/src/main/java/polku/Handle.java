// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that polku made and that is destroyed by {@link #close()}. One that is dropped without it is destroyed when it is
 * collected. A closed object answers {@link Status#MISUSE}; closing waits for calls of other threads that are under way.
 */
public abstract class Handle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private final Owned owned;
    private final Cleaner.Cleanable cleanable;

    Handle(Pointer pointer, Consumer<Pointer> destroy) {
        owned = new Owned(pointer, destroy);
        cleanable = CLEANER.register(this, owned);
    }

    /** Runs a call with the pointer, which nobody destroys meanwhile. */
    final <R> R use(Function<Pointer, R> call) {
        return owned.use(call);
    }

    /** Destroys it; doing it again is no fault. */
    @Override
    public final void close() {
        cleanable.clean();
    }

    /** Apart from the handle, so that the cleaner does not keep the handle itself alive. */
    private static final class Owned implements Runnable {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final Consumer<Pointer> destroy;
        private Pointer pointer;

        Owned(Pointer pointer, Consumer<Pointer> destroy) {
            this.pointer = pointer;
            this.destroy = destroy;
        }

        <R> R use(Function<Pointer, R> call) {
            lock.readLock().lock();
            try {
                if (pointer == null) {
                    throw new PolkuException(Status.MISUSE, "a closed object was used");
                }
                return call.apply(pointer);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public void run() {
            lock.writeLock().lock();
            try {
                if (pointer != null) {
                    destroy.accept(pointer);
                }
                pointer = null;
            } finally {
                lock.writeLock().unlock();
            }
        }
    }
}
