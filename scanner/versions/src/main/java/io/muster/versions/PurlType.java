package io.muster.versions;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What one package URL type asks of a namespace and a name, from the type definitions of the purl specification.
///
/// An unknown type asks nothing. Two of the specification's demands are left out on purpose, `docs/versions.md` says
/// why: `golang` keeps its case, and a namespace is demanded only where the name alone says nothing.
record PurlType(Presence namespace, Casing namespaceCase, Casing nameCase) {

    enum Presence {
        OPTIONAL,
        REQUIRED,
        PROHIBITED
    }

    enum Casing {
        AS_IS,
        LOWER,
        UPPER;

        String apply(String text) {
            return switch (this) {
                case AS_IS -> text;
                case LOWER -> text.toLowerCase(Locale.ROOT);
                case UPPER -> text.toUpperCase(Locale.ROOT);
            };
        }
    }

    private static final PurlType ANY = new PurlType(Presence.OPTIONAL, Casing.AS_IS, Casing.AS_IS);
    private static final PurlType NO_NAMESPACE = new PurlType(Presence.PROHIBITED, Casing.AS_IS, Casing.AS_IS);
    private static final PurlType NO_NAMESPACE_LOWER = new PurlType(Presence.PROHIBITED, Casing.AS_IS, Casing.LOWER);
    private static final PurlType LOWER = new PurlType(Presence.OPTIONAL, Casing.LOWER, Casing.LOWER);
    private static final PurlType OWNER_LOWER = new PurlType(Presence.REQUIRED, Casing.LOWER, Casing.LOWER);
    private static final PurlType VENDOR_LOWER = new PurlType(Presence.OPTIONAL, Casing.LOWER, Casing.AS_IS);

    private static final Map<String, PurlType> TYPES = Map.ofEntries(
            Map.entry("alpm", LOWER),
            Map.entry("apk", LOWER),
            Map.entry("bazel", NO_NAMESPACE),
            Map.entry("bitbucket", OWNER_LOWER),
            Map.entry("bitnami", NO_NAMESPACE_LOWER),
            Map.entry("brew", LOWER),
            Map.entry("cargo", NO_NAMESPACE),
            Map.entry("chrome-extension", NO_NAMESPACE_LOWER),
            Map.entry("cocoapods", NO_NAMESPACE),
            Map.entry("composer", LOWER),
            Map.entry("conda", NO_NAMESPACE),
            Map.entry("cpan", new PurlType(Presence.OPTIONAL, Casing.UPPER, Casing.AS_IS)),
            Map.entry("cran", NO_NAMESPACE),
            Map.entry("deb", LOWER),
            Map.entry("gem", NO_NAMESPACE),
            Map.entry("git", new PurlType(Presence.REQUIRED, Casing.AS_IS, Casing.AS_IS)),
            Map.entry("github", OWNER_LOWER),
            Map.entry("hackage", NO_NAMESPACE),
            Map.entry("hex", LOWER),
            Map.entry("julia", NO_NAMESPACE),
            Map.entry("luarocks", LOWER),
            Map.entry("mlflow", NO_NAMESPACE),
            Map.entry("npm", LOWER),
            Map.entry("nuget", NO_NAMESPACE),
            Map.entry("oci", NO_NAMESPACE_LOWER),
            Map.entry("opam", NO_NAMESPACE),
            Map.entry("otp", NO_NAMESPACE_LOWER),
            Map.entry("pub", NO_NAMESPACE_LOWER),
            Map.entry("pypi", NO_NAMESPACE_LOWER),
            Map.entry("qpkg", VENDOR_LOWER),
            Map.entry("rpm", VENDOR_LOWER),
            Map.entry("swift", new PurlType(Presence.REQUIRED, Casing.AS_IS, Casing.AS_IS)),
            Map.entry("vcpkg", NO_NAMESPACE),
            Map.entry("vscode-extension", OWNER_LOWER),
            Map.entry("yocto", VENDOR_LOWER));

    /// Types whose package is only known with one certain qualifier.
    private static final Map<String, String> REQUIRED_QUALIFIERS = Map.of("julia", "uuid", "swid", "tag_id");

    /// The types with rules of their own.
    static Set<String> withRules() {
        return TYPES.keySet();
    }

    static PurlType of(String type) {
        return TYPES.getOrDefault(type, ANY);
    }

    static void requireQualifiers(String type, Set<String> keys) {
        String required = REQUIRED_QUALIFIERS.get(type);
        PurlRules.require(
                required == null || keys.contains(required),
                "a package of type " + type + " is only known with the qualifier " + required);
    }
}
