package dev.confab.server;

/** How log lines look. */
enum LogFormat {
    /** For people. */
    TEXT,
    /** An object for each line, for machines. */
    JSON
}
