using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Storage.Ledgers;

public sealed class LedgerVerifierTests : IAsyncLifetime
{
    private readonly TemporaryDatabase _temporary = new(file: true);

    /// <summary>Three streams of four events, written in turns: c0 has positions 1, 4, 7, 10.</summary>
    public async ValueTask InitializeAsync()
    {
        for (var version = 0; version < 4; version++)
        {
            foreach (var stream in (string[])["c0", "c1", "c2"])
            {
                var data = $$"""{"of":"{{stream}}","n":{{version + 1}}}""";
                await Db.WriteAsync(t => Ledger.Append(
                    t, stream, version, new NewEvent("Noted", _temporary.Clock.GetUtcNow(), data)));
            }
        }
    }

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public void Finds_nothing_in_an_untouched_ledger()
    {
        var report = Verify();

        Assert.Empty(report.Problems);
        Assert.Equal((12, 3), (report.Events, report.Streams));
    }

    [Theory]
    [InlineData("data", """{"of":"c1","n":20}""")]
    [InlineData("type", "Forgotten")]
    [InlineData("at", "2026-06-03T12:00:00.0000001Z")]
    [InlineData("hash", "00")]
    public async Task Names_a_changed_event(string column, string value)
    {
        await Tamper($"update events set {column} = '{value}' where conversation_id = 'c1' and version = 2");

        var problem = Verify().Problems[0];

        Assert.Equal((LedgerFault.Changed, "c1", 2, 5),
            (problem.Fault, problem.StreamId, problem.Version, problem.Seq));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Names_a_missing_event(long version)
    {
        await Tamper($"delete from events where conversation_id = 'c2' and version = {version}");

        var problem = Assert.Single(Verify().Problems);

        Assert.Equal((LedgerFault.Missing, "c2", version), (problem.Fault, problem.StreamId, problem.Version));
    }

    [Fact]
    public async Task Names_every_event_of_a_missing_stream()
    {
        await Tamper("delete from events where conversation_id = 'c0'");

        Assert.Equal(
            [("c0", 1L), ("c0", 2L), ("c0", 3L), ("c0", 4L)],
            Verify().Problems.Select(p => (p.StreamId, p.Version ?? 0)));
    }

    [Fact]
    public async Task Names_the_positions_of_a_stream_that_was_removed_without_a_trace()
    {
        await Tamper("delete from events where conversation_id = 'c2'; delete from streams where conversation_id = 'c2'");

        var problems = Verify().Problems;

        Assert.All(problems, p => Assert.Equal(LedgerFault.Missing, p.Fault));
        Assert.Equal([3, 6, 9, 12], problems.Select(p => p.Seq ?? 0));
    }

    [Fact]
    public async Task Names_events_whose_versions_were_swapped()
    {
        await Tamper("""
            update events set version = 99 where conversation_id = 'c1' and version = 2;
            update events set version = 2 where conversation_id = 'c1' and version = 3;
            update events set version = 3 where conversation_id = 'c1' and version = 99
            """);

        Assert.Contains(Verify().Problems,
            p => p is { Fault: LedgerFault.Reordered, StreamId: "c1", Version: 2, Seq: 8 });
    }

    [Fact]
    public async Task Names_events_whose_positions_were_swapped()
    {
        await Tamper("""
            update events set seq = 99 where seq = 4;
            update events set seq = 4 where seq = 7;
            update events set seq = 7 where seq = 99
            """);

        Assert.Contains(Verify().Problems,
            p => p is { Fault: LedgerFault.Reordered, StreamId: "c0", Version: 2, Seq: 7 });
    }

    [Fact]
    public async Task Names_an_event_that_was_moved_to_another_stream()
    {
        await Tamper("update events set conversation_id = 'c1', version = 5 where conversation_id = 'c0' and version = 4");

        var problems = Verify().Problems;

        Assert.Contains(problems, p => p is { Fault: LedgerFault.Changed, StreamId: "c1", Version: 5 });
        Assert.Contains(problems, p => p is { Fault: LedgerFault.Missing, StreamId: "c0", Version: 4 });
    }

    [Fact]
    public async Task Names_an_added_event()
    {
        await Tamper("""
            insert into events (conversation_id, version, type, at, data, hash)
            select conversation_id, 5, type, at, data, hash from events where conversation_id = 'c0' and version = 4
            """);

        Assert.Contains(Verify().Problems, p => p is { Fault: LedgerFault.Changed, StreamId: "c0", Version: 5 });
    }

    [Fact]
    public async Task Gives_another_digest_when_a_whole_chain_was_rewritten()
    {
        var before = Verify().Digest;
        await Tamper("delete from events where conversation_id = 'c2'; delete from streams where conversation_id = 'c2'");
        var rewritten = new NewEvent("Rewritten", _temporary.Clock.GetUtcNow(), "{}");
        await Db.WriteAsync(t => Ledger.Append(t, "c2", 0, rewritten, rewritten, rewritten, rewritten));

        Assert.NotEqual(before, Verify().Digest);
    }

    private Database Db => _temporary.Database;

    private LedgerReport Verify() => Db.Read(LedgerVerifier.Verify);

    private Task Tamper(string sql) => Db.WriteAsync(t =>
    {
        foreach (var statement in sql.Split(';')) t.Execute(statement);
    });
}
