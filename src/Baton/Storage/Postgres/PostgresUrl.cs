using Npgsql;

namespace Baton.Storage.Postgres;

/// <summary>
/// <c>postgresql://user:password@host:port/database?parameter=value</c>, as libpq reads it: the parameters are those of
/// Npgsql (<c>sslmode</c> among them); <c>host</c> may be the folder of a socket.
/// </summary>
internal static class PostgresUrl
{
    /// <summary>Seconds that the server may be silent within a statement.</summary>
    private const int LongestAnswer = 300;

    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    public static bool Knows(string path) =>
        Schemes.Any(s => path.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>The URL for people: without the password and the parameters.</summary>
    public static string Shown(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? $"{parsed.Scheme}://{parsed.Host}{(parsed.IsDefaultPort || parsed.Port < 0 ? "" : $":{parsed.Port}")}"
                + parsed.AbsolutePath
            : "postgresql://…";

    /// <exception cref="StorageException">It is no such URL, or a parameter is unknown.</exception>
    public static string ToConnectionString(DatabaseOptions options)
    {
        if (!Uri.TryCreate(options.Path, UriKind.Absolute, out var url) || url.AbsolutePath.Length < 2)
            throw Refused(options.Path, "it is not an address of a database");
        var user = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host, Database = Uri.UnescapeDataString(url.AbsolutePath[1..]),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            // Our own pool knows which connection may write. Statements are few and the same for ever.
            Pooling = false, MaxAutoPrepare = 500, AutoPrepareMinUsages = 2, ApplicationName = "baton",
            // A server that went silent is given up, but never while another process may still be writing.
            Timeout = 15, CommandTimeout = LongestAnswer + options.BusyTimeoutMs / 1_000, KeepAlive = 30,
        };
        if (url.Port > 0) builder.Port = url.Port;
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            try
            {
                builder[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
            }
            catch (Exception error) when (error is ArgumentException or FormatException)
            {
                throw Refused(options.Path, $"parameter '{parts[0]}' is unknown or its value is of no use");
            }
        }
        return builder.ConnectionString;
    }

    private static StorageException Refused(string url, string why) => new(
        $"{Shown(url)}: {why}; write it like postgresql://user:password@host:5432/baton?sslmode=require",
        isTransient: false);
}
