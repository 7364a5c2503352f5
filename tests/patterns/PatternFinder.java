package patterns;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads every regular expression out of the sources: what {@code Pattern.compile} and String's own methods are given. Constants are
 * followed, also into other classes; what is only known when the program runs becomes a word.
 */
final class PatternFinder {
    /** Of String; each takes the expression first. {@code matches} alone asks about the whole text. */
    private static final Set<String> METHODS = Set.of("matches", "replaceAll", "replaceFirst", "split");
    private static final String UNKNOWN = "word";
    /** What looks for a pattern anywhere in a text. */
    private static final Pattern SEARCHES = Pattern.compile("\\.(?:find|replaceAll|replaceFirst|results|split|splitAsStream|lookingAt"
            + "|asPredicate|usePattern)\\b");

    private final Map<String, ExpressionTree> constants = new HashMap<>();
    private final List<UsedPattern> found = new ArrayList<>();

    static List<UsedPattern> in(Path folder) throws IOException {
        return new PatternFinder().all(folder);
    }

    private List<UsedPattern> all(Path folder) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(folder)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
                    files.getJavaFileObjectsFromPaths(sources));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            units.forEach(unit -> new Constants().scan(unit, null));
            for (CompilationUnitTree unit : units) {
                new Uses(unit, Trees.instance(task).getSourcePositions(), folder).scan(unit, null);
            }
        }
        return found;
    }

    /** By the simple name of their class, which is unique in this house, and within it by their own. */
    private final class Constants extends TreePathScanner<Void, Void> {
        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            if (variable.getInitializer() != null && variable.getName().toString().matches("[A-Z_0-9]+")
                    && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type) {
                constants.put(type.getSimpleName() + "." + variable.getName(), variable.getInitializer());
            }
            return super.visitVariable(variable, nothing);
        }
    }

    private final class Uses extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String file;
        private final String source;
        private final List<String> classes = new ArrayList<>();
        private String variable = "";

        Uses(CompilationUnitTree unit, SourcePositions positions, Path folder) throws IOException {
            this.unit = unit;
            this.positions = positions;
            file = folder.relativize(Path.of(unit.getSourceFile().toUri())).toString();
            source = unit.getSourceFile().getCharContent(true).toString();
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            classes.add(type.getSimpleName().toString());
            super.visitClass(type, nothing);
            classes.remove(classes.size() - 1);
            return null;
        }

        @Override
        public Void visitVariable(VariableTree tree, Void nothing) {
            String outer = variable;
            variable = tree.getName().toString();
            super.visitVariable(tree, nothing);
            variable = outer;
            return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            if (call.getMethodSelect() instanceof MemberSelectTree select && !call.getArguments().isEmpty()) {
                String method = select.getIdentifier().toString();
                boolean ofPattern = select.getExpression().toString().matches("(java\\.util\\.regex\\.)?Pattern");
                ExpressionTree first = call.getArguments().get(0);
                if (ofPattern && (method.equals("compile") || method.equals("matches"))) {
                    add(call, first, flags(call), method.equals("matches") || isOnlyAskedAboutWholeTexts());
                } else if (!ofPattern && METHODS.contains(method) && isText(first)) {
                    add(call, first, 0, method.equals("matches"));
                }
            }
            return super.visitMethodInvocation(call, nothing);
        }

        /** Of the hints about logs, which make patterns of what they are given. */
        @Override
        public Void visitNewClass(NewClassTree made, Void nothing) {
            if (made.getIdentifier().toString().equals("Rule") && !made.getArguments().isEmpty() && isText(made.getArguments().get(0))) {
                add(made, made.getArguments().get(0), 0, false);
            }
            return super.visitNewClass(made, nothing);
        }

        private void add(Tree call, ExpressionTree expression, int flags, boolean whole) {
            Text text = text(expression);
            long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, call));
            found.add(new UsedPattern(file + ":" + line, variable, text.text, flags, whole, isMeasured(), text.known));
        }

        private boolean isOnlyAskedAboutWholeTexts() {
            if (!SEARCHES.matcher(source).find()) {
                return true;
            }
            if (variable.isEmpty()) {
                return false;
            }
            int uses = 0;
            int whole = 0;
            java.util.regex.Matcher use = Pattern.compile("(?:Matcher (\\w+) = )?\\b" + variable + "\\b(\\.matcher\\()?").matcher(source);
            while (use.find()) {
                if (source.startsWith(" = Pattern", use.end())) {
                    continue; // where it is made
                }
                uses++;
                whole += isWhole(use) ? 1 : 0;
            }
            return uses > 0 && uses == whole;
        }

        /** {@code files.named(NAME)} asks about names of files, and those who keep a matcher may ask it only that later. */
        private boolean isWhole(java.util.regex.MatchResult use) {
            if (use.group(2) == null) {
                return source.startsWith(".named(", use.start() - ".named(".length());
            }
            if (use.group(1) != null) {
                return source.contains(use.group(1) + ".matches()") && !SEARCHES.matcher(source.replaceAll("(?<!\\b" + use.group(1)
                        + ")\\.(?=\\w)", " ")).find();
            }
            int depth = 0;
            int end = use.end() - 1;
            do {
                depth += source.charAt(end) == '(' ? 1 : source.charAt(end) == ')' ? -1 : 0;
                end++;
            } while (depth > 0);
            return source.startsWith(".matches()", end);
        }

        private boolean isMeasured() {
            String asked = variable + ".matcher(";
            int uses = 0;
            for (int at = source.indexOf(asked); at >= 0 && !variable.isEmpty(); at = source.indexOf(asked, at + 1)) {
                uses++;
                if (!source.startsWith("MeasuredText.of(", at + asked.length())) {
                    return false;
                }
            }
            // verdict.rules.Line.has makes one of the line.
            return uses > 0 || !variable.isEmpty() && source.contains("line.has(" + variable + ")");
        }

        private int flags(MethodInvocationTree call) {
            int flags = 0;
            if (call.getMethodSelect().toString().endsWith("compile") && call.getArguments().size() > 1) {
                String said = call.getArguments().get(1).toString();
                for (Map.Entry<String, Integer> flag : Map.of("CASE_INSENSITIVE", Pattern.CASE_INSENSITIVE, "MULTILINE",
                        Pattern.MULTILINE, "DOTALL", Pattern.DOTALL, "COMMENTS", Pattern.COMMENTS, "UNICODE_CASE",
                        Pattern.UNICODE_CASE).entrySet()) {
                    flags |= said.contains(flag.getKey()) ? flag.getValue() : 0;
                }
            }
            return flags;
        }

        /** Other types have methods of these names too; what they are given is no text that stands in the source. */
        private boolean isText(ExpressionTree expression) {
            return text(expression).literal;
        }

        private Text text(ExpressionTree expression) {
            if (expression instanceof LiteralTree literal) {
                return new Text(String.valueOf(literal.getValue()), true, literal.getValue() instanceof String);
            }
            if (expression instanceof ParenthesizedTree inner) {
                return text(inner.getExpression());
            }
            if (expression instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
                Text left = text(binary.getLeftOperand());
                Text right = text(binary.getRightOperand());
                return new Text(left.text + right.text, left.known && right.known, left.literal || right.literal);
            }
            if (expression instanceof MethodInvocationTree call && call.getMethodSelect().toString().equals("String.join")) {
                Text separator = text(call.getArguments().get(0));
                List<Text> joined = call.getArguments().stream().skip(1).map(this::text).toList();
                return new Text(String.join(separator.text, joined.stream().map(Text::text).toList()),
                        joined.stream().allMatch(Text::known), true);
            }
            return constant(expression).map(this::text).orElse(new Text(UNKNOWN, false, false));
        }

        private Optional<ExpressionTree> constant(ExpressionTree expression) {
            if (expression instanceof IdentifierTree name) {
                return Stream.concat(classes.stream(), Stream.of("")).map(type -> constants.get(type + "." + name.getName()))
                        .filter(java.util.Objects::nonNull).findFirst();
            }
            if (expression instanceof MemberSelectTree select) {
                String type = select.getExpression().toString();
                return Optional.ofNullable(constants.get(type.substring(type.lastIndexOf('.') + 1) + "." + select.getIdentifier()));
            }
            return Optional.empty();
        }
    }

    private record Text(String text, boolean known, boolean literal) {}
}
