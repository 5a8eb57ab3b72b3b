package io.muster.manifests;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// Which registries of a lockfile are other ones than the public one.
///
/// A file whose packages all come from one registry may come from a mirror: it then stands for the public one, for a
/// flaw must not be missed because a company has a cache. Where the public registry is named too, another one holds
/// packages of its own, which may bear the names of public ones.
///
/// @param hosts of the public registry and of those that publish the same packages
/// @param isPublicNamed whether the file has packages of the public registry
record Registries(Set<String> hosts, boolean isPublicNamed) {

    static final Set<String> PYPI =
            Set.of("pypi.org", "pypi.python.org", "files.pythonhosted.org", "download.pytorch.org");
    static final Set<String> RUBYGEMS = Set.of("rubygems.org", "index.rubygems.org");
    static final Set<String> PUB = Set.of("pub.dev", "pub.dartlang.org", "pub.flutter-io.cn");

    Registries {
        hosts = Set.copyOf(hosts);
    }

    /// @param named the addresses the file names; an empty one stands for the public registry
    static Registries of(Set<String> hosts, Collection<String> named) {
        return new Registries(hosts, named.stream().anyMatch(url -> isPublic(hosts, url)));
    }

    /// Why a package of the registry at this address is not asked about, if so.
    Optional<SkipReason> origin(String url) {
        return isPublicNamed && !isPublic(hosts, url) ? Optional.of(SkipReason.REGISTRY) : Optional.empty();
    }

    private static boolean isPublic(Set<String> hosts, String url) {
        return url.isEmpty() || hosts.contains(host(url));
    }

    private static String host(String url) {
        int scheme = url.indexOf("://");
        String rest = scheme < 0 ? url : url.substring(scheme + 3);
        int at = rest.indexOf('@');
        String bare = at >= 0 && at < end(rest) ? rest.substring(at + 1) : rest;
        return bare.substring(0, end(bare));
    }

    private static int end(String url) {
        for (int i = 0; i < url.length(); i++) {
            if ("/:?#".indexOf(url.charAt(i)) >= 0) {
                return i;
            }
        }
        return url.length();
    }
}
