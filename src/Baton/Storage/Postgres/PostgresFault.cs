using Npgsql;

namespace Baton.Storage.Postgres;

/// <summary>
/// Turns what the server or the network says into what a person can act on. Codes:
/// https://www.postgresql.org/docs/15/errcodes-appendix.html
/// </summary>
internal static class PostgresFault
{
    /// <summary>What the triggers of a frozen database raise.</summary>
    public const string Frozen = "BT001";

    private const int MostReruns = 8;

    public static bool IsOfServer(Exception error) => error is NpgsqlException or TimeoutException or IOException;

    public static StorageException ToException(Exception error, string database)
    {
        if (error is not PostgresException answer)
            return new StorageException(
                $"{database}: {error.Message}: the server cannot be reached; check that it runs and that the address "
                + "is right, nothing that was confirmed is lost.", isTransient: true, error) { NeedsReopen = true };
        if (answer.SqlState == Frozen) return StorageException.Frozen(database, error);
        var (text, transient, reopen) = answer.SqlState switch
        {
            "53100" => ("there is no room left; free space on the server's disk, nothing that was confirmed is lost",
                true, false),
            "53300" => ("the server has no connection left; raise max_connections or run fewer processes", true, true),
            "55P03" => ("another write kept what this one needs locked for too long; look for what runs so long, or "
                + "raise BusyTimeoutMs", true, false),
            "40001" or "40P01" => ("it collided with another write; it may be tried again", true, false),
            "28P01" or "28000" => ("the server refused the user; check name and password in the URL", false, true),
            "3D000" => ("the server has no database of this name; create it first", false, true),
            "42501" => ("the user may not do this; give it the right to create tables in its schema", false, false),
            "25006" => ("the server is read-only; connect to the primary", false, true),
            ['0', '8', ..] or ['5', '7', ..] or ['5', '8', ..] => (
                "the connection ended; nothing that was confirmed is lost", true, true),
            ['2', '3', ..] => ("a rule of the table was broken; this is a bug in the caller", false, false),
            _ => ("the statement failed; this is a bug in the caller", false, false),
        };
        return new StorageException(
            $"{database}: {answer.MessageText} ({answer.SqlState}): {text}.", transient, error)
        {
            NeedsReopen = reopen,
            // Two may find that a row is not there and add it: the second finds it when it looks again.
            Reruns = answer.SqlState switch { "40001" or "40P01" => MostReruns, "23505" => 2, _ => 0 },
        };
    }
}
