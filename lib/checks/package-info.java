/**
 * How projects are tested: one file for each kind of project ({@link checks.Ecosystem}), which knows how its check is found,
 * what defines it, what its test runner is asked, and what that says of each test. Reads files through
 * {@link checks.FileView}, so that an earlier state of a project is looked at as the present one is; runs nothing. May call
 * {@code process} for what a run that has ended left behind.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES FileView.java
//SOURCES Names.java
//SOURCES Sections.java
//SOURCES LiveFiles.java
//SOURCES Ecosystem.java
//SOURCES TestRunner.java
//SOURCES Wrapper.java
//SOURCES MakeRules.java
//SOURCES MakeProject.java
//SOURCES MavenProject.java
//SOURCES MeasuredText.java
//SOURCES GradleProject.java
//SOURCES NodeProject.java
//SOURCES NodeReports.java
//SOURCES PythonProject.java
//SOURCES Pytest.java
//SOURCES CargoProject.java
//SOURCES GoProject.java
//SOURCES DotnetProject.java
//SOURCES CTests.java
//SOURCES PhpTests.java
//SOURCES RubyTests.java
//SOURCES Ecosystems.java
//SOURCES Narrowing.java
//SOURCES CommandTrail.java
//SOURCES CheckPrograms.java
//SOURCES TestReport.java
//SOURCES TestIds.java
//SOURCES JunitXml.java
//SOURCES TrxReport.java
//SOURCES Printed.java
//SOURCES Instrumented.java
package checks;
