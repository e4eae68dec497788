package org.forgelog.query.console;

/**
 * Something that can be done with a table now.
 *
 * @param name as the operators' endpoints call it
 * @param label of the button
 * @param effect what it will do, in words
 * @param grave whether it takes something away from readers or for good
 * @param rate the label of the field for a rate; empty where none can be given
 */
record TableAction(String name, String label, String effect, boolean grave, String rate) {

    static TableAction of(String name, String label, String effect) {
        return new TableAction(name, label, effect, false, "");
    }

    static TableAction grave(String name, String label, String effect) {
        return new TableAction(name, label, effect, true, "");
    }

    TableAction withRate(String label) {
        return new TableAction(name, this.label, effect, grave, label);
    }
}
