using System.Text.RegularExpressions;
using Baton.Storage;
using Baton.Testing;
using Baton.Tests.Style;

namespace Baton.Tests.Storage.Postgres;

/// <summary>Every statement in the product's source is one that both databases understand.</summary>
public sealed partial class EveryStatementTests
{
    private static readonly string[] Product = ["src/Baton", "src/Baton.Server"];

    /// <summary>Files with statements that are put together from names of tables, or for so many names.</summary>
    private static readonly string[] Composed = ["LedgerRebuild", "StoredTexts", "ReceiptStore", "InsightFolding", "KeyedRows", "DatabaseMove",
        "ArchiveExpiry", "SegmentWriter", "Ledger"];

    private static readonly Lazy<List<Statement>> Found = new(Read);

    private int _prepared;

    [Fact]
    public async Task Is_prepared_by_the_embedded_database()
    {
        await using var temporary = new TemporaryDatabase(file: true);

        Assert.Empty(Refused(temporary.Database, sql => "explain " + sql));
    }

    [Fact]
    public async Task Is_prepared_by_PostgreSQL()
    {
        await using var database = PostgresCluster.Open(PostgresCluster.NewDatabase(), TimeProvider.System);

        Assert.Empty(Refused(database, sql => $"prepare probed_{++_prepared} as {sql}"));
    }

    [Fact]
    public void Is_found_in_the_source()
    {
        Assert.True(Found.Value.Count > 80, $"only {Found.Value.Count} statements were found");
        Assert.Empty(Found.Value.Where(s => !IsWhole(s)).Select(s => s.File).Except(Composed));
    }

    private static List<string> Refused(Database database, Func<string, string> prepared)
    {
        List<string> refused = [];
        foreach (var (file, sql) in Found.Value.Where(IsWhole))
        {
            try
            {
                database.Read(connection =>
                {
                    using var run = connection.Start(prepared(sql));
                    return true;
                });
            }
            catch (StorageException error)
            {
                refused.Add($"{file}: {error.Message}\n{sql}");
            }
        }
        return refused;
    }

    private static List<Statement> Read()
    {
        var files = Product.SelectMany(folder => Repository.Files(folder, ".cs")).Where(IsOfBoth)
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Source: Repository.Text(file))).ToList();
        var constants = files.SelectMany(file => Constants().Matches(file.Source).Select(m =>
            (Name: $"{file.Name}.{m.Groups["name"].Value}", Text: Joined().Replace(m.Groups["text"].Value, "").Trim())))
                .ToList();
        return [.. files.SelectMany(file => Literals().Matches(file.Source)
            .Select(literal => new Statement(file.Name, Whole(file.Name, literal.Groups["text"].Value, constants)))
            .Where(s => Begins().IsMatch(s.Sql) && !constants.Any(c => c.Text == s.Sql)))];
    }

    /// <summary>A statement with its constants put in.</summary>
    private static string Whole(string file, string literal, List<(string Name, string Text)> constants)
    {
        var sql = Joined().Replace(literal, "").Trim();
        for (var depth = 0; depth < 2; depth++)
            foreach (var (name, text) in constants)
            {
                sql = sql.Replace($"{{{name}}}", text, StringComparison.Ordinal);
                if (name.StartsWith(file + ".", StringComparison.Ordinal))
                    sql = sql.Replace($"{{{name[(file.Length + 1)..]}}}", text, StringComparison.Ordinal);
            }
        return sql;
    }

    private static bool IsWhole(Statement statement) => !statement.Sql.Contains('{', StringComparison.Ordinal);

    private static bool IsOfBoth(string file) =>
        !file.Contains("/Sqlite/", StringComparison.Ordinal) && !file.Contains("/Postgres/", StringComparison.Ordinal);

    [GeneratedRegex(""""\$?"""\r?\n(?<text>.*?)"""|\$?"(?<text>(?:[^"\\\r\n]|\\.)*(?:"\s*\+\s*\$?"(?:[^"\\\r\n]|\\.)*)*)"""", RegexOptions.Singleline)]
    private static partial Regex Literals();

    [GeneratedRegex(""""const string (?<name>\w+)\s*=\s*(?:"""\r?\n(?<text>.*?)"""|"(?<text>(?:[^"\\\r\n]|\\.)*(?:"\s*\+\s*\$?"(?:[^"\\\r\n]|\\.)*)*)")"""", RegexOptions.Singleline)]
    private static partial Regex Constants();

    [GeneratedRegex("""
        "\s*\+\s*\$?"
        """)]
    private static partial Regex Joined();

    [GeneratedRegex(@"^(select\s|with \w+ as |insert into |update \w+ set |delete from )")]
    private static partial Regex Begins();

    private sealed record Statement(string File, string Sql);
}
