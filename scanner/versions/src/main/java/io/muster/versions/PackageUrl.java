package io.muster.versions;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A package URL by the purl specification: `pkg:type/namespace/name@version?qualifiers#subpath`.
///
/// Always canonical: the constructor applies the type's rules, so `equals` answers whether two spellings mean the same
/// and [#toString] is the canonical text. A part that is absent is the empty string or the empty map; the
/// specification does not tell absent from empty.
///
/// @param type lower case
/// @param namespace its segments joined by `/`, decoded
/// @param qualifiers sorted by key, none with an empty value
public record PackageUrl(
        String type,
        String namespace,
        String name,
        String version,
        SortedMap<String, String> qualifiers,
        String subpath) {

    /// @throws IllegalArgumentException when the parts break a rule of the specification or of the type; the message
    ///     says which. Use [#parse] for text from outside.
    public PackageUrl {
        PurlRules.requireUnicode(namespace, name, version, subpath);
        type = PurlRules.type(type);
        qualifiers = PurlRules.qualifiers(type, qualifiers);
        subpath = PurlRules.subpath(subpath);
        String given = PurlRules.namespace(type, namespace);
        namespace = PurlRules.hostOf(type, given);
        name = PurlRules.name(type, PurlRules.pathOf(type, given, name), qualifiers);
        version = PurlRules.version(type, version);
    }

    /// Reads a text from outside; a malformed one is an answer.
    public static PackageUrlAnswer parse(String text) {
        try {
            return new PackageUrlAnswer.Valid(PurlText.read(text));
        } catch (IllegalArgumentException malformed) {
            return new PackageUrlAnswer.Malformed(text, String.valueOf(malformed.getMessage()));
        }
    }

    /// A package URL without qualifiers and subpath; pass the empty string for a part that is absent.
    public static PackageUrl of(String type, String namespace, String name, String version) {
        return new PackageUrl(type, namespace, name, version, PurlRules.NO_QUALIFIERS, "");
    }

    /// This package URL with one qualifier set, or without it when the value is empty.
    public PackageUrl withQualifier(String key, String value) {
        var changed = new TreeMap<>(qualifiers);
        changed.put(key, value);
        return new PackageUrl(type, namespace, name, version, changed, subpath);
    }

    /// The value of a qualifier.
    public Optional<String> qualifier(String key) {
        return Optional.ofNullable(qualifiers.get(key));
    }

    /// The OSV name of this package, if its type belongs to an ecosystem that OSV has.
    public Optional<PackageName> packageName() {
        return PurlEcosystems.packageName(this);
    }

    /// What to ask advisories about this package at a version; see [Lookup].
    ///
    /// @param version of this package as its file gives it; empty for none, and then nothing can be asked
    public List<Lookup> lookups(String version) {
        return Lookups.of(this, version);
    }

    /// The canonical text.
    @Override
    public String toString() {
        return PurlText.write(this);
    }
}
