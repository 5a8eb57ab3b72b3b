package io.muster.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// The rules of style that can be read off a syntax tree: sizes, parameters and names.
final class SourceRules {
    static final int MAX_METHOD_LINES = 50;
    static final int MAX_PARAMETERS = 5;

    /// A test is named as a promise, one, that a person reads at a glance.
    static final int MAX_TEST_NAME = 80;

    private static final Pattern BANNED_NAME =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|Base|Common)|Abstract.*|Base[A-Z].*");

    private final List<String> findings = new ArrayList<>();

    /// Reads every source and returns what breaks a rule, one line each.
    static List<String> check(List<Path> sources) {
        var rules = new SourceRules();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("--release", "25", "-proc:none");
            var task = (JavacTask)
                    compiler.getTask(null, files, _ -> {}, options, null, files.getJavaFileObjectsFromPaths(sources));
            var trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                rules.new Scan(unit, trees).scan(unit, null);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot parse the project's sources", e);
        }
        return rules.findings;
    }

    private final class Scan extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private boolean isInRecord;

        Scan(CompilationUnitTree unit, Trees trees) {
            this.unit = unit;
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (BANNED_NAME.matcher(type.getSimpleName()).matches()) {
                report(type, "the name " + type.getSimpleName() + " says what it is made of, not what it does");
            }
            boolean outer = isInRecord;
            isInRecord = type.getKind() == Tree.Kind.RECORD;
            super.visitClass(type, null);
            isInRecord = outer;
            return null;
        }

        /// One spelling, which the rule for log lines reads too.
        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            if (variable.getModifiers().getFlags().contains(Modifier.STATIC)
                    && String.valueOf(variable.getType()).equals("Logger")
                    && !variable.getName().contentEquals("log")) {
                report(variable, "the logger " + variable.getName() + " is called log");
            }
            return super.visitVariable(variable, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long lines = line(trees.getSourcePositions().getEndPosition(unit, method))
                    - line(trees.getSourcePositions().getStartPosition(unit, method))
                    + 1;
            long code = lines - textBlockLines(method);
            if (code > MAX_METHOD_LINES) {
                report(method, method.getName() + " has " + code + " lines, at most " + MAX_METHOD_LINES);
            }
            String name = method.getName().toString();
            if (name.contains("_") && name.length() > MAX_TEST_NAME) {
                report(method, name + " has " + name.length() + " characters, at most " + MAX_TEST_NAME);
            }
            boolean isCanonical = isInRecord && method.getName().contentEquals("<init>");
            if (method.getParameters().size() > MAX_PARAMETERS && !isCanonical) {
                report(
                        method,
                        method.getName() + " takes " + method.getParameters().size() + " parameters, at most "
                                + MAX_PARAMETERS);
            }
            if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
                report(method, method.getName() + " is synchronized: prefer one owner and a queue");
            }
            return super.visitMethod(method, null);
        }

        /// Text blocks are data that a method happens to hold: a fixture's length says nothing of the method's.
        private long textBlockLines(MethodTree method) {
            var counted = new long[1];
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void nothing) {
                    counted[0] += line(trees.getSourcePositions().getEndPosition(unit, literal))
                            - line(trees.getSourcePositions().getStartPosition(unit, literal));
                    return super.visitLiteral(literal, null);
                }
            }.scan(method, null);
            return counted[0];
        }

        private void report(Tree tree, String finding) {
            long start = trees.getSourcePositions().getStartPosition(unit, tree);
            Path file = Path.of(unit.getSourceFile().toUri());
            findings.add(Repository.name(file) + ":" + line(start) + " " + finding);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
