using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Baton.Storage.Engines;

namespace Baton.Storage;

/// <summary>
/// Brings a database up to date: every script in <c>Storage/Migrations</c>, in order of its name, once. A script that
/// has been applied is recorded with its checksum and must never change; add a new one instead.
/// </summary>
internal static class Migrations
{
    private const string Prefix = "Baton.Storage.Migrations.";

    /// <exception cref="StorageException">The file was written by a newer Baton, or an applied script has
    /// changed.</exception>
    public static void Apply(StorageEngine engine, StorageSession session, string path, TimeProvider clock)
    {
        var scripts = Scripts();
        session.Begin();
        try
        {
            session.Script(engine.Script("""
                create table if not exists migrations (
                    name text primary key, checksum text not null, applied_at text not null
                ) without rowid
                """));
            var transaction = new WriteTransaction(session);
            var applied = transaction.Query("select name, checksum from migrations", Applied).ToDictionary();
            RefuseNewer(applied.Keys.Except(scripts.Select(s => s.Name)), path);
            foreach (var script in scripts) ApplyOne(engine, session, transaction, script, applied, path, clock);
            if (applied.Count == 0) engine.Claim(session);
            session.Commit();
        }
        catch
        {
            session.TryRollback();
            throw;
        }
    }

    private static KeyValuePair<string, string> Applied(Row row) => new(row.Text(0), row.Text(1));

    private static void ApplyOne(
        StorageEngine engine, StorageSession session, WriteTransaction transaction, Migration script,
        Dictionary<string, string> applied, string path, TimeProvider clock)
    {
        if (applied.TryGetValue(script.Name, out var checksum))
        {
            if (checksum == script.Checksum) return;
            throw new StorageException(
                $"{path}: migration {script.Name} was applied with checksum {checksum}, this program has "
                + $"{script.Checksum}; use the Baton release that wrote the file.", isTransient: false);
        }
        session.Script(engine.Script(script.Sql));
        transaction.Execute(
            "insert into migrations (name, checksum, applied_at) values ($1, $2, $3)",
            script.Name, script.Checksum, clock.GetUtcNow().UtcDateTime.ToString("O"));
    }

    private static void RefuseNewer(IEnumerable<string> unknown, string path)
    {
        if (unknown.Order(StringComparer.Ordinal).FirstOrDefault() is not { } name) return;
        throw new StorageException(
            $"{path}: the file was written by a newer Baton (migration {name} is unknown here); "
            + "install that release, or restore the backup from before the upgrade.", isTransient: false);
    }

    private static List<Migration> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)
                && !n.EndsWith(".postgres.sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => Load(assembly, n))];
    }

    private static Migration Load(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new Migration(resource[Prefix.Length..^".sql".Length], checksum, sql);
    }

    private sealed record Migration(string Name, string Checksum, string Sql);
}
