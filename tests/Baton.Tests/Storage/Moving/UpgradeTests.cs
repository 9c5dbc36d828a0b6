using System.Text.RegularExpressions;
using Baton.Storage;
using Baton.Testing;
using Baton.Tests.Style;

namespace Baton.Tests.Storage.Moving;

/// <summary>Tables of a newer program, and who can work with them.</summary>
public sealed partial class UpgradeTests : IAsyncDisposable
{
    /// <summary>Those before it were written when older programs refused every newer database.</summary>
    private const string FirstToBeUndone = "202611300600";

    private readonly TemporaryDatabase _temporary = new();

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task What_a_newer_program_only_added_is_no_obstacle_to_this_one()
    {
        await NewerAsync("null");

        await using var again = _temporary.OpenAnother();

        Assert.Empty(again.Upgraded);
        Assert.Equal(1, await again.WriteAsync(t => t.Execute(
            "insert into timers (key, kind, due_at_ms, payload) values ('k', 'k', 1, '{}')")));
    }

    [Theory]
    [InlineData("'202611210100_ledger'", true)]
    [InlineData("'209912310000_later'", false)]
    public async Task What_a_newer_program_changed_opens_for_those_who_know_it(string needs, bool opens)
    {
        await NewerAsync(needs);

        var refused = Record.Exception(() => _temporary.OpenAnother());

        Assert.Equal(opens, refused is null);
        if (!opens) Assert.Contains("migration 209912310000_later is unknown here",
            Assert.IsType<StorageException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_migration_that_takes_something_away_says_what_a_program_must_know()
    {
        var scripts = Repository.Files("src/Baton/Storage/Migrations", ".sql")
            .Where(f => string.CompareOrdinal(Path.GetFileName(f), FirstToBeUndone) >= 0)
            .Select(f => (File: f, Sql: Repository.Text(f))).ToList();

        Assert.NotEmpty(scripts);
        Assert.DoesNotContain(scripts, s => TakesAway().IsMatch(Comments().Replace(s.Sql, ""))
            && !s.Sql.StartsWith("-- needs: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("drop table x;", true)]
    [InlineData("alter table x drop column y;", true)]
    [InlineData("alter table x rename to z;", true)]
    [InlineData("alter table x add column y integer not null;", true)]
    [InlineData("alter table x add column y integer not null default 0;", false)]
    [InlineData("create table x (y integer not null);", false)]
    [InlineData("drop index x;", false)]
    public void Taking_away_is_told_by_the_statement(string sql, bool takes) =>
        Assert.Equal(takes, TakesAway().IsMatch(sql));

    private async Task NewerAsync(string needs) => await _temporary.Database.WriteAsync(t => t.Script(
        $"""
        alter table timers add column later text;
        create table later (id bigint primary key);
        insert into migrations (name, checksum, applied_at, needs) values ('209912310000_later', 'x', 'x', {needs});
        """));

    [GeneratedRegex(@"\bdrop\s+(table|column)\b|\brename\b|\badd\s+column\b(?=[^;]*\bnot null\b)(?![^;]*\bdefault\b)", RegexOptions.IgnoreCase)]
    private static partial Regex TakesAway();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comments();
}
