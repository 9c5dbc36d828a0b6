namespace Baton.Tests.Style;

/// <summary>What knows SQLite is in one folder, so that a second database is a second folder.</summary>
public sealed class EngineSqlTests
{
    private static readonly string[] Dialect =
        ["sqlite_", "pragma_", "\"pragma ", "SQLitePCL", "Microsoft.Data.Sqlite", "last_insert_rowid"];

    [Fact]
    public void Keeps_what_only_SQLite_understands_in_its_folder() =>
        Assert.Empty(
            from path in Repository.Files("src", ".cs")
            where !path.StartsWith("src/Baton/Storage/Sqlite/", StringComparison.Ordinal)
            from word in Dialect
            where Repository.Text(path).Contains(word, StringComparison.Ordinal)
            select $"{path} says {word}");
}
