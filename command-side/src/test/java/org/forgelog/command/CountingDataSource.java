package org.forgelog.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Notes what goes to the server, one entry for each way there and back. */
final class CountingDataSource extends DelegatingDataSource {

    private final List<String> trips = new CopyOnWriteArrayList<>();

    CountingDataSource(DataSource target) {
        super(target);
    }

    /** What went to the server since it was asked last, by the threads that serve requests and do long work. */
    List<String> trips() {
        List<String> taken = List.copyOf(trips);
        trips.clear();
        return taken;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        boolean[] committed = new boolean[1];
        return proxy(Connection.class, connection, (method, arguments, result) -> {
            if (method.equals("commit") && !committed[0]) {
                note("commit");
            }
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, statement, (called, with, answer) -> {
                        if (called.startsWith("execute")) {
                            String sql = (String) arguments[0];
                            committed[0] = sql.endsWith("commit");
                            note(sql);
                        }
                        return answer;
                    })
                    : result;
        });
    }

    private void note(String sql) {
        String thread = Thread.currentThread().getName();
        if (thread.startsWith("http") || thread.equals("job")) {
            trips.add(sql);
        }
    }

    private interface After {
        Object apply(String method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(
                CountingDataSource.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return after.apply(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
