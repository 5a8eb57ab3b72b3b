package io.muster.advisories;

/// A page about the advisory; `kind` is the schema's word for it, such as `FIX` or `ADVISORY`.
public record Reference(String kind, String url) {}
