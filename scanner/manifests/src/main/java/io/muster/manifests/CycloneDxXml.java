package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import java.util.HashMap;

/// CycloneDX 1.2 to 1.7 in XML. [ECMA-424; cyclonedx.org, "XML reference"]
final class CycloneDxXml {

    private final BomBuilder bom;

    private CycloneDxXml(BomBuilder bom) {
        this.bom = bom;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        XmlElement top = XmlTree.read(source.bytes(), BomBuilder.CYCLONEDX_SKIPPED);
        if (!top.name().equals("bom")) {
            throw new MalformedDocumentException("the root element is '" + top.name() + "', not 'bom'", top.line());
        }
        var reader = new CycloneDxXml(new BomBuilder(builder));
        XmlElement project = top.child("metadata").child("component");
        if (!project.isAbsent()) {
            reader.bom.project(part(project));
            for (XmlElement part : project.child("components").children("component")) {
                reader.bom.partOfProject(reader.component(part), scope(part));
            }
        }
        top.child("components").children("component").forEach(reader::component);
        for (XmlElement dependency : top.child("dependencies").children("dependency")) {
            reader.bom.dependency(
                    dependency.attribute("ref"),
                    dependency.children("dependency").stream()
                            .map(on -> on.attribute("ref"))
                            .toList());
        }
        reader.bom.join();
    }

    private int component(XmlElement entry) {
        int whole = bom.component(part(entry));
        for (XmlElement part : entry.child("components").children("component")) {
            bom.part(whole, component(part));
        }
        return whole;
    }

    private static BomBuilder.Part part(XmlElement entry) {
        return new BomBuilder.Part(
                entry.attribute("bom-ref"),
                entry.attribute("type"),
                entry.textOf("purl"),
                entry.textOf("group"),
                entry.textOf("name"),
                entry.textOf("version"),
                scope(entry),
                source(entry),
                entry.line());
    }

    private static String source(XmlElement entry) {
        var properties = new HashMap<String, String>();
        entry.child("properties")
                .children("property")
                .forEach(one -> properties.put(one.attribute("name"), one.text()));
        return BomBuilder.source(properties);
    }

    private static DependencyScope scope(XmlElement entry) {
        for (XmlElement property : entry.child("properties").children("property")) {
            if (BomBuilder.marksDevelopment(property.attribute("name"), property.text())) {
                return DependencyScope.DEVELOPMENT;
            }
        }
        return BomBuilder.scope(entry.textOf("scope"));
    }
}
