using Baton.Conversations.RawTexts;
using Baton.Conversations.Tickets;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations.RawTexts;

/// <summary>Who opened the raw texts of a ticket is on the record, once.</summary>
public sealed class DataReadsTests : IAsyncDisposable
{
    private readonly Desk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Notes_the_first_opening_of_each_reader_and_ticket()
    {
        await _desk.DecideAsync(Desk.Ticket("Where is my order?"));
        var version = _desk.State().Version;
        foreach (var reader in (string[])["p_ann", "p_ann", "p_omar", "p_ann"]) await NoteAsync("T-1", reader);
        await NoteAsync("T-2", "p_ann");

        Assert.Equal(
            [("T-1", "p_ann"), ("T-1", "p_omar"), ("T-2", "p_ann")],
            Newest(null).Select(r => (r.ConversationId, r.Reader)).Order());
        Assert.Equal(2, Newest("p_ann").Count);
        Assert.Equal(version, _desk.State().Version);
        Assert.Empty(_desk.Database.Read(LedgerVerifier.Verify).Problems);
    }

    [Fact]
    public async Task Stands_in_the_history_of_the_ticket()
    {
        await _desk.DecideAsync(Desk.Ticket("Where is my order?"));
        await NoteAsync("T-1", "p_ann");

        var last = _desk.Get<TicketQueries>().Trace("T-1")!["events"]!.AsArray()[^1]!;
        Assert.Equal(DataReads.Fact, last["type"]!.GetValue<string>());
        Assert.Equal("p_ann", last["data"]!["by"]!.GetValue<string>());
    }

    [Fact]
    public async Task Follows_from_the_ledger()
    {
        await NoteAsync("T-1", "p_ann");
        await NoteAsync("T/2", "shop");

        var tables = await LedgerRebuild.RunAsync(_desk.Database, [DataReads.ReadTable], CancellationToken.None);

        Assert.Equal([new RebuiltTable("data_reads", 2, Changed: false)], tables);
    }

    [Fact]
    public async Task Names_a_caller_without_an_address()
    {
        await NoteAsync("T-1", "shop of ada@example.com");
        await NoteAsync("T-1", null);

        Assert.Equal(
            ["shop of [EMAIL_0]", DataReads.Unknown], Newest(null).Select(r => r.Reader).Order(StringComparer.Ordinal));
    }

    private Task NoteAsync(string ticket, string? reader) =>
        _desk.Get<DataReads>().NoteAsync(ticket, reader, DataReads.Texts, null, CancellationToken.None);

    private List<DataRead> Newest(string? reader) =>
        _desk.Get<DataReads>().Newest(reader, _desk.Clock.GetUtcNow().AddSeconds(1), 10);
}
