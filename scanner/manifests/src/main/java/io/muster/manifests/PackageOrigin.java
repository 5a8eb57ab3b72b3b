package io.muster.manifests;

import io.muster.versions.PackageUrl;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells from an address where a copy of a package comes from; empty for a registry.
///
/// Registries of npm are mirrored under any host, so there only the form of the path tells a registry's archive
/// (`/-/name-1.0.0.tgz`) from another one.
final class PackageOrigin {

    private static final Pattern GIT =
            Pattern.compile("(?:git|ssh|git\\+[a-z+]+|hg\\+[a-z+]+|svn\\+[a-z+]+|bzr\\+[a-z+]+)(?:://|:|@).*"
                    + "|(?:github|gitlab|bitbucket|gist|hg|svn|bzr):.*"
                    + "|https?://[^/]*\\bcodeload\\.github\\.com/.*"
                    + "|https?://(?:www\\.|api\\.)?(?:github|gitlab|bitbucket|codeberg)\\.(?:com|org)/.*"
                    + "|https?://[^?#]*\\.git(?:[?#@].*)?");
    private static final Pattern FOLDER =
            Pattern.compile("(?:file|link|portal|workspace|path):.*|\\.{0,2}/.*|\\.\\.?|~/.*");
    private static final Pattern WEB = Pattern.compile("https?://.*");
    private static final Pattern REGISTRY_PATH = Pattern.compile("[^?#]*/(?:-|download)/.*");
    private static final Pattern SHORTHAND = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*/[A-Za-z0-9._-]+(?:#.*)?");
    private static final Set<String> QUALIFIED = Set.of("npm", "cargo", "pypi", "gem");

    private PackageOrigin() {}

    /// An address of any format but npm's: what is on the web and no repository is an archive.
    static Optional<SkipReason> of(String address) {
        if (GIT.matcher(address).matches()) {
            return Optional.of(SkipReason.GIT);
        }
        if (FOLDER.matcher(address).matches()) {
            return Optional.of(SkipReason.FOLDER);
        }
        return WEB.matcher(address).matches() ? Optional.of(SkipReason.ADDRESS) : Optional.empty();
    }

    /// Where npm and its kin resolved a package to.
    static Optional<SkipReason> ofNpm(String resolved) {
        boolean isRegistry = WEB.matcher(resolved).matches()
                && !resolved.contains("codeload.github.com")
                && REGISTRY_PATH.matcher(resolved).matches()
                && !GIT.matcher(resolved).matches();
        return isRegistry ? Optional.empty() : of(resolved);
    }

    /// What a package.json asks for, where also `owner/repository` is one of GitHub.
    static Optional<SkipReason> ofNpmRange(String range) {
        return SHORTHAND.matcher(range).matches() ? Optional.of(SkipReason.GIT) : ofNpm(range);
    }

    /// What SBOM tools note in the qualifiers of a copy that is not from its type's registry.
    static Optional<SkipReason> of(PackageUrl purl) {
        if (!QUALIFIED.contains(purl.type())) {
            return Optional.empty();
        }
        if (purl.qualifier("vcs_url").isPresent()) {
            return Optional.of(SkipReason.GIT);
        }
        Optional<SkipReason> download = purl.qualifier("download_url").flatMap(PackageOrigin::ofNpm);
        boolean isOther = purl.type().equals("cargo")
                && purl.qualifier("repository_url")
                        .filter(url -> !url.contains("crates.io"))
                        .isPresent();
        return isOther ? Optional.of(SkipReason.REGISTRY) : download;
    }
}
