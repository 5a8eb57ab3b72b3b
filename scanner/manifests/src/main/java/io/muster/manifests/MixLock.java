package io.muster.manifests;

import io.muster.documents.TreeNode;
import io.muster.versions.Ecosystem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// mix.lock of Elixir: one map of name to `{:hex, :package, "version", …, [needs], …}`. [hex, `Hex.Mix`]
///
/// The sixth element lists what a package needs as `{:app, "requirement", [hex: :package, optional: true]}`.
/// Entries of other kinds (`:git`, `:path`) have no version that Hex knows.
final class MixLock {

    private static final int PACKAGE = 1;
    private static final int VERSION = 2;
    private static final int NEEDS = 5;
    private static final int REPOSITORY = 6;

    private MixLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = ElixirTerms.read(source.text());
        Map<String, Integer> positions = new HashMap<>();
        for (String app : top.entries().keySet()) {
            TreeNode.Listing entry = top.listing(app);
            boolean isHex = entry.text(0).equals("hex");
            var named = new ManifestBuilder.Named(
                    isHex ? entry.text(PACKAGE) : app,
                    isHex ? entry.text(VERSION) : "",
                    DependencyScope.RUNTIME,
                    entry.line());
            int component = builder.add(elsewhere(entry), Ecosystem.HEX, named);
            positions.put(app, component);
        }
        for (String app : top.entries().keySet()) {
            if (top.listing(app).text(0).equals("hex")) {
                int from = positions.getOrDefault(app, ManifestBuilder.NOTHING);
                for (TreeNode need : needs(top.listing(app))) {
                    String wanted = need instanceof TreeNode.Listing tuple ? tuple.text(0) : "";
                    builder.needs(from, positions.getOrDefault(wanted, ManifestBuilder.NOTHING));
                }
            }
        }
    }

    /// The repository of an organisation is `hexpm:organisation`.
    private static Optional<SkipReason> elsewhere(TreeNode.Listing entry) {
        return switch (entry.text(0)) {
            case "git" -> Optional.of(SkipReason.GIT);
            case "path" -> Optional.of(SkipReason.FOLDER);
            case "hex" -> {
                String repository = entry.text(REPOSITORY);
                yield repository.isEmpty() || repository.equals("hexpm")
                        ? Optional.empty()
                        : Optional.of(SkipReason.REGISTRY);
            }
            default -> Optional.empty();
        };
    }

    private static List<TreeNode> needs(TreeNode.Listing entry) {
        boolean isThere = entry.items().size() > NEEDS;
        return isThere && entry.items().get(NEEDS) instanceof TreeNode.Listing(List<TreeNode> needs, int line)
                ? needs
                : List.of();
    }
}
