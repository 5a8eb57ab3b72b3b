package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.HashMap;

/// CycloneDX 1.2 to 1.7 in JSON. [ECMA-424; cyclonedx.org, "JSON reference"]
final class CycloneDxJson {

    private final BomBuilder bom;

    private CycloneDxJson(BomBuilder bom) {
        this.bom = bom;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        TreeNode.Mapping top = source.json(BomBuilder.CYCLONEDX_SKIPPED);
        if (!top.text("bomFormat").equals("CycloneDX") && !top.text("$schema").contains("cyclonedx")) {
            throw new MalformedDocumentException("'bomFormat' is not 'CycloneDX'", top.line());
        }
        var reader = new CycloneDxJson(new BomBuilder(builder));
        TreeNode.Mapping project = top.mapping("metadata").mapping("component");
        if (!project.entries().isEmpty()) {
            reader.bom.project(part(project));
            for (TreeNode.Mapping part : project.listing("components").mappings()) {
                reader.bom.partOfProject(reader.component(part), scope(part));
            }
        }
        top.listing("components").mappings().forEach(reader::component);
        for (TreeNode.Mapping dependency : top.listing("dependencies").mappings()) {
            reader.bom.dependency(
                    dependency.text("ref"),
                    dependency.listing("dependsOn").texts().stream()
                            .map(TreeNode.Text::value)
                            .toList());
        }
        reader.bom.join();
    }

    private int component(TreeNode.Mapping entry) {
        int whole = bom.component(part(entry));
        for (TreeNode.Mapping part : entry.listing("components").mappings()) {
            bom.part(whole, component(part));
        }
        return whole;
    }

    private static BomBuilder.Part part(TreeNode.Mapping entry) {
        return new BomBuilder.Part(
                entry.text("bom-ref"),
                entry.text("type"),
                entry.text("purl"),
                entry.text("group"),
                entry.text("name"),
                entry.text("version"),
                scope(entry),
                source(entry),
                entry.line());
    }

    private static String source(TreeNode.Mapping entry) {
        var properties = new HashMap<String, String>();
        entry.listing("properties").mappings().forEach(one -> properties.put(one.text("name"), one.text("value")));
        return BomBuilder.source(properties);
    }

    /// The scope field, or what the npm and Composer plugins note in a property, as they leave the field out.
    private static DependencyScope scope(TreeNode.Mapping entry) {
        for (TreeNode.Mapping property : entry.listing("properties").mappings()) {
            if (BomBuilder.marksDevelopment(property.text("name"), property.text("value"))) {
                return DependencyScope.DEVELOPMENT;
            }
        }
        return BomBuilder.scope(entry.text("scope"));
    }
}
