package dev.celadon.laws;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Methods and constructors of the sources, parsed by the compiler itself. Constructors of records
 * and enums may take as many parameters as there are components: they are data, not calls.
 */
final class Declarations extends TreePathScanner<@Nullable Void, CompilationUnitTree> {

  private static final int MAX_LINES = 70;
  private static final int MAX_PARAMETERS = 5;
  private static final Set<Tree.Kind> DATA = Set.of(Tree.Kind.RECORD, Tree.Kind.ENUM);

  private final List<String> violations = new ArrayList<>();
  private final Trees trees;

  Declarations(List<Path> files) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var sources = compiler.getStandardFileManager(null, null, null);
    var units = sources.getJavaFileObjectsFromPaths(files);
    var options = List.of("-proc:none");
    var task = (JavacTask) compiler.getTask(null, sources, null, options, null, units);
    this.trees = Trees.instance(task);
    try {
      for (var unit : task.parse()) scan(unit, unit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> violations() {
    return violations;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, CompilationUnitTree unit) {
    var positions = trees.getSourcePositions();
    var lineMap = unit.getLineMap();
    long first = lineMap.getLineNumber(positions.getStartPosition(unit, method));
    long last = lineMap.getLineNumber(positions.getEndPosition(unit, method));
    var at = Path.of(unit.getSourceFile().getName()) + ":" + first + " " + method.getName();
    if (last - first + 1 > MAX_LINES) violations.add((last - first + 1) + " lines: " + at);
    int parameters = method.getParameters().size();
    boolean ofData =
        method.getReturnType() == null
            && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
            && DATA.contains(type.getKind());
    if (parameters > MAX_PARAMETERS && !ofData) violations.add(parameters + " parameters: " + at);
    return super.visitMethod(method, unit);
  }
}
