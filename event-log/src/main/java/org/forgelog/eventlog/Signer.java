package org.forgelog.eventlog;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/** Signs what clients carry for us, so that they cannot make it up, with HMAC-SHA-256. */
public final class Signer {

    /** Length of a signature, in bytes. */
    public static final int LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    public Signer(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** A signer with the key that all nodes share for one purpose; made by the first that needs it. */
    public static Signer shared(DataSource dataSource, String purpose) {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into secret (name, value) values (?, ?) on conflict (name) do nothing");
                PreparedStatement select = connection.prepareStatement("select value from secret where name = ?")) {
            insert.setString(1, purpose);
            insert.setBytes(2, fresh);
            insert.executeUpdate();
            select.setString(1, purpose);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Signer(row.getBytes(1));
            }
        } catch (SQLException e) {
            throw new EventLogException("the key for " + purpose + " could not be read", e);
        }
    }

    /** The signature of these parts; other parts have another one, even where they read the same one after the other. */
    public byte[] sign(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                mac.update(part);
            }
            return Arrays.copyOf(mac.doFinal(), LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether {@code signature} is that of these parts; takes as long whatever it is. */
    public boolean isSignature(byte[] signature, byte[]... parts) {
        return MessageDigest.isEqual(sign(parts), signature);
    }
}
