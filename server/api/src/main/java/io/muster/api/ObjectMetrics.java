package io.muster.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.muster.objects.ObjectStore;
import io.muster.references.NamedObject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What of the objects is shown among the metrics: those that the log names, and those that are here.
final class ObjectMetrics {
    private final ObjectStore store;
    private volatile Named named = new Named(0, 0, 0);

    /// @param missing how many of them are not here
    record Named(int objects, long bytes, long missing) {}

    ObjectMetrics(ObjectStore store, MeterRegistry registry) {
        this.store = store;
        gauge(registry, "muster.objects.named", metrics -> metrics.named.objects());
        gauge(registry, "muster.objects.named.bytes", metrics -> metrics.named.bytes());
        gauge(registry, "muster.objects.missing", metrics -> metrics.named.missing());
        gauge(registry, "muster.objects.held", metrics -> metrics.store.count());
        gauge(registry, "muster.objects.held.bytes", metrics -> metrics.store.bytes());
        gauge(registry, "muster.objects.incoming", metrics -> metrics.store.incoming());
        FunctionCounter.builder("muster.objects.damaged", store, ObjectStore::damaged)
                .description("Copies found damaged and taken out of use")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<ObjectMetrics> value) {
        Gauge.builder(name, this, value).strongReference(true).register(registry);
    }

    /// Takes in what the log names.
    void show(List<NamedObject> objects) {
        long bytes = 0;
        long missing = 0;
        for (NamedObject object : objects) {
            bytes += object.id().bytes();
            missing += store.find(object.id().digest()).isEmpty() ? 1 : 0;
        }
        named = new Named(objects.size(), bytes, missing);
    }
}
