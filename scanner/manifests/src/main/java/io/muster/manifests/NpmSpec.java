package io.muster.manifests;

/// The package and version behind an npm lock entry, which may go by another name or come from elsewhere.
///
/// @param version empty when the entry points to a git repository, a file or an address: such a copy has no
///     version that a registry or an advisory knows
record NpmSpec(String name, String version) {

    private static final String ALIAS = "npm:";

    /// @param key the name the entry goes by
    /// @param resolved a version, `npm:name@version` for an alias, or where the copy comes from
    static NpmSpec of(String key, String resolved) {
        if (resolved.startsWith(ALIAS)) {
            return ofDescriptor(resolved.substring(ALIAS.length()));
        }
        return new NpmSpec(key, isVersion(resolved) ? resolved : "");
    }

    /// Splits `name@version` at the `@` that is not a scope's.
    static NpmSpec ofDescriptor(String descriptor) {
        int at = descriptor.indexOf('@', 1);
        if (at < 0) {
            return new NpmSpec(descriptor, "");
        }
        return of(descriptor.substring(0, at), descriptor.substring(at + 1));
    }

    /// The name in `name@range`, at whose start an `@` is a scope's.
    static String nameOf(String descriptor) {
        int at = descriptor.indexOf('@', 1);
        return at < 0 ? descriptor : descriptor.substring(0, at);
    }

    /// The range in `name@range`; empty without one.
    static String rangeOf(String descriptor) {
        int at = descriptor.indexOf('@', 1);
        return at < 0 ? "" : descriptor.substring(at + 1);
    }

    private static boolean isVersion(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(0)) && text.indexOf('/') < 0 && text.indexOf(':') < 0;
    }
}
