import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// Gives the classes of a jar the class-file version of this JDK, with the stack maps that it demands: `java
/// NewerClasses.java some.jar`.
///
/// Picocli is compiled for Java 5, and what is older than Java 6 stands in no class cache: every start of `muster`
/// loaded and verified its 300 classes anew, a quarter of the time of a short command.
class NewerClasses {
    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path fresh = Path.of(args[0] + ".tmp");
        try (var in = new JarFile(jar.toFile());
                var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                var out = new JarOutputStream(Files.newOutputStream(fresh))) {
            var file = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            for (var entry : (Iterable<JarEntry>) in.stream()::iterator) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    var model = file.parse(bytes);
                    bytes = file.transformClass(
                            model, ClassTransform.endHandler(it -> it.withVersion(ClassFile.latestMajorVersion(), 0)));
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(bytes);
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
