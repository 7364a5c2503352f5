/**
 * The ports for a browser and for Prometheus: the page's files, its HTTP interface, its events, and the metrics port. May call
 * {@code query}, {@code store}, {@code intake} for its guard and its counters, and {@code contract}.
 */
//DEPS io.vertx:vertx-core:5.0.7
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS org.webjars.npm:uplot:1.6.30
//SOURCES Answer.java
//SOURCES LiveFeed.java
//SOURCES MetricsPage.java
//SOURCES PageApi.java
//SOURCES PageFiles.java
//SOURCES WebPage.java
//FILES embedded/page/index.html=index.html
//FILES embedded/page/app.js=app.js
//FILES embedded/page/charts.js=charts.js
//FILES embedded/page/compare.js=compare.js
//FILES embedded/page/detail.js=detail.js
//FILES embedded/page/dom.js=dom.js
//FILES embedded/page/format.js=format.js
//FILES embedded/page/labels.js=labels.js
//FILES embedded/page/logs.js=logs.js
//FILES embedded/page/messages.js=messages.js
//FILES embedded/page/metrics.js=metrics.js
//FILES embedded/page/otlp.js=otlp.js
//FILES embedded/page/overview.js=overview.js
//FILES embedded/page/range.js=range.js
//FILES embedded/page/ribbon.js=ribbon.js
//FILES embedded/page/runs.js=runs.js
//FILES embedded/page/status.js=status.js
//FILES embedded/page/story.js=story.js
//FILES embedded/page/storyview.js=storyview.js
//FILES embedded/page/trace.js=trace.js
//FILES embedded/page/traces.js=traces.js
//FILES embedded/page/trends.js=trends.js
//FILES embedded/page/waterfall.js=waterfall.js
//FILES embedded/page/page.css=page.css
//FILES embedded/page/icon.svg=icon.svg
package embedded.page;
