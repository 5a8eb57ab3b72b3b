package io.muster.manifests;

/// The name and version in a key of pnpm's `packages`, in any of its styles.
///
/// @param version empty for what came from an address or a git repository; its entry then has the version as a
///     field
record PnpmKey(String name, String version) {

    static PnpmKey of(String key) {
        String bare = withoutPeers(bare(key));
        int afterScope = bare.startsWith("@") ? bare.indexOf('/') + 1 : 0;
        int at = bare.indexOf('@', Math.max(1, afterScope));
        int slash = bare.indexOf('/', afterScope);
        if (slash >= 0 && (at < 0 || slash < at)) {
            return ofPath(bare, bare.lastIndexOf('/'));
        }
        if (at < 0) {
            return new PnpmKey(bare, "");
        }
        return new PnpmKey(
                bare.substring(0, at), NpmSpec.of("", bare.substring(at + 1)).version());
    }

    /// `name/1.0.0_peers`, or `registry.example.org/name/1.0.0` for a registry that is not the default
    /// one; its host may have a port (`localhost+4873`).
    private static PnpmKey ofPath(String path, int slash) {
        String version = path.substring(slash + 1);
        int peers = version.indexOf('_');
        String name = path.substring(0, slash);
        int host = name.indexOf('/');
        boolean hasHost = host > 0 && !name.startsWith("@");
        return new PnpmKey(
                hasHost ? name.substring(host + 1) : name,
                NpmSpec.of("", peers < 0 ? version : version.substring(0, peers))
                        .version());
    }

    /// The key without the slash it begins with in versions 5 and 6.
    static String bare(String key) {
        return key.startsWith("/") ? key.substring(1) : key;
    }

    /// The key without the peers in parentheses.
    static String withoutPeers(String key) {
        int peers = key.indexOf('(');
        return peers < 0 ? key : key.substring(0, peers);
    }
}
