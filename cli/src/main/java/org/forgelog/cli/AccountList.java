package org.forgelog.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Ids of accounts, one a line. */
final class AccountList {

    private AccountList() {}

    /** @throws CliFailure when the file is none */
    static List<String> read(Path file) throws IOException {
        List<String> ids = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (!ids.stream().allMatch(id -> id.matches("\\d{1,16}"))) {
            throw new CliFailure(ExitCodes.USAGE, file + " is no list of accounts, one id a line.");
        }
        return ids;
    }
}
