/**
 * How projects are tested, with one file for each kind of project ({@link checks.Ecosystem}). It knows how to find the check, which
 * files define it, how to ask its test runner, and how to read the result of each test. Files are read through
 * {@link checks.FileView}, so that earlier and present states of a project are treated the same; this room runs nothing. It may call
 * {@code process} for the files of a run that has ended.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
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
