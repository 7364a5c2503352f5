package embedded.store;

/**
 * What many rows share is stored once and referred to by its number: resources, scopes, names of services. Senders decide how
 * many entries there are and how large they are, so an entry must go with the last row that refers to it.
 */
enum Dictionary {
    RESOURCE("resource", true), SCOPE("scope", true), SERVICE("service", false);

    /** The table, and the column by which spans, log records and series refer to it. */
    final String table;
    /** Whether series refer to it too; for those that do there is an index. */
    final boolean ofSeries;

    Dictionary(String table, boolean ofSeries) {
        this.table = table;
        this.ofSeries = ofSeries;
    }
}
