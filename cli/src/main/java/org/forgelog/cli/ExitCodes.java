package org.forgelog.cli;

/** What the command line's exit codes mean. {@code forgelog up} has its own, from 10 on; the launcher, from 20 on. */
public final class ExitCodes {

    public static final int OK = 0;
    /** The command ran, and what it looked at is not right: a demo answer, the directory, a replay. */
    public static final int WRONG = 1;
    /** The command line could not be understood. */
    public static final int USAGE = 2;
    /** Nothing answers at the address, or not in time. */
    public static final int UNREACHABLE = 3;
    /** There is no token, or the service refused it. */
    public static final int REFUSED = 4;
    /** The service answered with an error that is none of the above. */
    public static final int FAILED = 5;

    /** The service refused it as things are: a switch to a table that is behind, for instance. */
    public static final int NOT_NOW = 6;

    private ExitCodes() {}
}
