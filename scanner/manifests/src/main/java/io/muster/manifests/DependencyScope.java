package io.muster.manifests;

/// When a project needs a package. Ordered by weight: a package needed twice has the smaller of its scopes.
public enum DependencyScope {
    /// It is there when the product runs. Also the answer where a format does not say: better checked than
    /// forgotten.
    RUNTIME,
    /// The product can use it and can do without.
    OPTIONAL,
    /// Only to build or test the product.
    DEVELOPMENT;

    /// The weightier of two.
    DependencyScope or(DependencyScope other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
