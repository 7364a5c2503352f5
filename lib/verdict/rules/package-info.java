/**
 * What makes a green check worth less: {@link verdict.rules.Rules} looks through a {@link verdict.rules.Change} with one
 * {@link verdict.rules.Rule} after the other, a file for each. It reads text and runs nothing. May call {@code agent},
 * {@code checks} and {@code functions.tree}.
 */
//SOURCES AlwaysEqualRule.java
//SOURCES Change.java
//SOURCES CompiledCodeRule.java
//SOURCES FakedReportRule.java
//SOURCES FileChange.java
//SOURCES Guarded.java
//SOURCES HiddenChanges.java
//SOURCES Line.java
//SOURCES LineDiff.java
//SOURCES Touched.java
//SOURCES Literals.java
//SOURCES LoosenedRule.java
//SOURCES NoOpCheckRule.java
//SOURCES PatchedRunnerRule.java
//SOURCES ProcessExitRule.java
//SOURCES Rule.java
//SOURCES Rules.java
//SOURCES SkippedTestsRule.java
//SOURCES TestLiteralsRule.java
package verdict.rules;
