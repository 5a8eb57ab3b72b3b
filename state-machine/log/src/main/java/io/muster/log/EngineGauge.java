package io.muster.log;

import java.util.function.DoubleSupplier;

/// One figure of an engine that a node shows among its metrics, as `muster.<engine>.<name>`.
///
/// @param name in words parted by dots, the unit last where there is one: `log.bytes`; `docs/metrics.md` lists it
/// @param value reads it now; from any thread, and at once
public record EngineGauge(String name, DoubleSupplier value) {}
