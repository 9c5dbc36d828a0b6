using Baton.Storage;
using Baton.Storage.Events;
using Xunit;

namespace Baton.Testing;

/// <summary>What every database must do with the ledger.</summary>
public abstract class LedgerConformance : DatabaseConformance
{
    [Fact]
    public async Task Gives_each_version_of_a_stream_to_one_of_many_writers()
    {
        await using var other = await OpenAgainAsync();
        var fact = new NewEvent("Noted", Clock.GetUtcNow(), "{}");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => (i % 2 == 0 ? Db : other).WriteAsync(t => Ledger.Append(t, "c1", 0, fact))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.All(outcomes.OfType<AppendOutcome.Conflict>(), c => Assert.Equal(1, c.ActualVersion));
    }

    [Fact]
    public async Task Reads_events_back_in_order_with_a_chain_that_verifies()
    {
        for (var i = 0; i < 30; i++)
        {
            var fact = new NewEvent("Noted", Clock.GetUtcNow().AddMilliseconds(i), $$"""{"n":{{i}}}""");
            await Db.WriteAsync(t => Ledger.Append(t, $"c{i % 3}", i / 3, fact));
        }

        Assert.Equal(Enumerable.Range(1, 10), Db.Read(c => Ledger.Read(c, "c1")).Select(e => (int)e.Version));
        Assert.Empty(Db.Read(LedgerVerifier.Verify).Problems);
    }

    [Fact]
    public async Task Keeps_every_stream_whole_and_tells_a_follower_each_event_once()
    {
        const int Writers = 16, Each = 12;
        var place = Db.Read(Ledger.Head);
        List<(string, long)> heard = [];
        var following = Task.Run(() => Until.TrueAsync(Heard));

        await AtOnceAsync(Writers, async (database, writer) =>
        {
            for (var i = 0; i < Each; i++) await AppendAsync(database, $"c{(writer + i) % 3}");
        });
        await following;

        var stored = Ledger.ReadAll(Db).Select(e => (e.StreamId, e.Seq)).ToList();
        Assert.Equal(Writers * Each, stored.Count);
        Assert.Equal(stored.Order(), heard.Order());
        Assert.Empty(Db.Read(LedgerVerifier.Verify).Problems);

        bool Heard()
        {
            foreach (var (at, stream, _) in Db.Read(c => Ledger.HeadsAfter(c, place, 50)))
            {
                Assert.True(at.CompareTo(place) > 0);
                place = at;
                heard.Add((stream, at.Seq));
            }
            return heard.Count >= Writers * Each;
        }
    }

    [Fact]
    public async Task Extends_a_stream_for_everybody_who_does_so_at_once()
    {
        await AtOnceAsync(16, (database, _) => database.WriteAsync(
            t => Ledger.Extend(t, "operations/test", new NewEvent("Noted", Clock.GetUtcNow(), "{}"))));

        Assert.Equal(16, Db.Read(c => Ledger.Version(c, "operations/test")));
        Assert.Empty(Db.Read(LedgerVerifier.Verify).Problems);
    }

    private async Task AppendAsync(Database database, string stream)
    {
        var fact = new NewEvent("Noted", Clock.GetUtcNow(), "{}");
        while (await database.WriteAsync(t => Ledger.Append(
            t, stream, Ledger.Version(t, stream), fact)) is AppendOutcome.Conflict) { }
    }
}
