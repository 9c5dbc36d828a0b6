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
    private const string Prefix = "Baton.Storage.Migrations.", NeedsLine = "-- needs: ";

    /// <summary>What a database lacks, in order; all of it when it is new.</summary>
    public static IReadOnlyList<string> Missing(ReadConnection connection)
    {
        var applied = connection.Catalog.Tables(connection).Any(t => t.Name == "migrations")
            ? connection.Query("select name from migrations", row => row.Text(0)) : [];
        return [.. Scripts(dialect: null).Select(s => s.Name).Except(applied)];
    }

    /// <exception cref="StorageException">Tables are not up to date.</exception>
    public static void RefuseMissing(ReadConnection connection, string path)
    {
        if (Missing(connection) is not [var first, ..] missing) return;
        throw new StorageException(
            $"{path}: {missing.Count} migrations are missing, the first is {first}; run `baton db upgrade --db {path}` "
            + "(BATON__Storage__UpgradeAtStart is false).", isTransient: false);
    }

    /// <returns>Names of those that were applied now.</returns>
    /// <exception cref="StorageException">The file was written by a Baton that is too new, or an applied script has
    /// changed.</exception>
    public static IReadOnlyList<string> Apply(
        StorageEngine engine, StorageSession session, string path, TimeProvider clock)
    {
        var scripts = Scripts(engine.Dialect);
        session.Begin();
        try
        {
            session.Lock("migrations");
            session.Script(engine.Script("""
                create table if not exists migrations (
                    name text primary key, checksum text not null, applied_at text not null
                ) without rowid
                """));
            var transaction = new WriteTransaction(session);
            var applied = transaction.Query("select name, checksum from migrations", Applied).ToDictionary();
            RefuseNewer(transaction, [.. applied.Keys.Except(scripts.Select(s => s.Name))], scripts, path);
            foreach (var script in scripts) ApplyOne(engine, session, transaction, script, applied, path, clock);
            var added = scripts.Where(s => !applied.ContainsKey(s.Name)).ToList();
            foreach (var script in added.Where(s => s.Needs is not null))
                transaction.Execute("update migrations set needs = $2 where name = $1", script.Name, script.Needs);
            if (applied.Count == 0) engine.Claim(session);
            session.Commit();
            return [.. added.Select(s => s.Name)];
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

    /// <summary>
    /// Tables of a newer program can be used as long as nothing in them needs a program to know it: so that the
    /// program before an upgrade can be started again.
    /// </summary>
    private static void RefuseNewer(
        ReadConnection connection, List<string> unknown, List<Migration> scripts, string path)
    {
        if (unknown.Count == 0) return;
        var needed = connection.Query(
            "select name, needs from migrations where needs is not null", row => (Name: row.Text(0), Needs: row.Text(1)));
        var refused = needed.Where(n => unknown.Contains(n.Name) && scripts.TrueForAll(s => s.Name != n.Needs))
            .Select(n => n.Name).Order(StringComparer.Ordinal).FirstOrDefault();
        if (refused is null) return;
        throw new StorageException(
            $"{path}: the database was brought up to date by a newer Baton (migration {refused} is unknown here, and this "
            + "program cannot work with it); install that release, or restore the backup from before the upgrade.",
            isTransient: false);
    }

    /// <summary>Where a script <c>name.dialect.sql</c> stands beside <c>name.sql</c>, it is the one.</summary>
    private static List<Migration> Scripts(string? dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var all = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(n => !n[Prefix.Length..^".sql".Length].Contains('.'))
            .Order(StringComparer.Ordinal).Select(n => Load(assembly, all, n, dialect))];
    }

    private static Migration Load(Assembly assembly, HashSet<string> all, string name, string? dialect)
    {
        var own = $"{name[..^".sql".Length]}.{dialect}.sql";
        var resource = all.Contains(own) ? own : name;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        var needs = sql.StartsWith(NeedsLine, StringComparison.Ordinal)
            ? sql[NeedsLine.Length..sql.IndexOf('\n', StringComparison.Ordinal)].Trim() : null;
        return new Migration(name[Prefix.Length..^".sql".Length], checksum, sql, needs);
    }

    /// <param name="Needs">Its first line says <c>-- needs: NAME</c> where older programs cannot work with it.</param>
    private sealed record Migration(string Name, string Checksum, string Sql, string? Needs);
}
