/**
 * How projects are tested: one file for each kind of project, which knows how its check is found and what defines it.
 * Reads files through {@link checks.FileView}, so that an earlier state of a project is looked at as the present one is;
 * runs nothing.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES FileView.java
//SOURCES Names.java
//SOURCES Sections.java
//SOURCES LiveFiles.java
//SOURCES Ecosystem.java
//SOURCES Wrapper.java
//SOURCES MakeRules.java
//SOURCES MakeProject.java
//SOURCES MavenProject.java
//SOURCES GradleProject.java
//SOURCES NodeProject.java
//SOURCES PythonProject.java
//SOURCES CargoProject.java
//SOURCES GoProject.java
//SOURCES DotnetProject.java
//SOURCES Ecosystems.java
//SOURCES Narrowing.java
//SOURCES CommandTrail.java
//SOURCES CheckPrograms.java
//SOURCES TestReport.java
//SOURCES TestIds.java
//SOURCES JunitXml.java
//SOURCES TrxReport.java
//SOURCES PrintedReports.java
//SOURCES Instrumented.java
package checks;
