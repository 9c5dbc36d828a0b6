using Baton.Conversations;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>What is kept of a conversation, and where.</summary>
public sealed class RecordTests : IAsyncDisposable
{
    private static readonly string[] Personal =
    [
        "maria.keller@example.org", "Maria Keller", "4111 1111 1111 1111", "4111111111111111", "+49 30 901820",
        "DE89 3704 0044 0532 0130 00",
    ];

    private readonly Desk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Writes_the_same_tables_anew_from_the_events()
    {
        await PlayAsync();
        await _desk.AppendAsync(
            "T-1", new ConversationEvent.CallbackScheduled("[PHONE_1]", "l1", _desk.Clock.GetUtcNow(), "soon"));

        var tables = await LedgerRebuild.RunAsync(
            _desk.Database, [ConversationTables.ReadTable], CancellationToken.None);

        Assert.All(tables, table => Assert.False(table.Changed, table.Table));
        // Second opinions come from models, which this desk has none of.
        Assert.All(tables.Where(t => t.Table != "second_opinions"), table => Assert.NotEqual(0, table.Rows));
    }

    [Fact]
    public async Task Keeps_the_record_whole()
    {
        await PlayAsync();

        Assert.Empty(_desk.Database.Read(LedgerVerifier.Verify).Problems);
    }

    [Fact]
    public async Task Keeps_personal_data_in_sealed_messages_only()
    {
        var body = $"My name is {Personal[1]}, mail {Personal[0]}, card {Personal[2]}, phone {Personal[4]}, "
            + $"IBAN {Personal[5]}. {DeskPlaybook.WantsChange}";
        await _desk.DecideAsync(Desk.Ticket(body) with
        {
            Subject = $"Card {Personal[2]} of {Personal[1]}", CustomerId = Personal[0], CustomerEmail = Personal[0],
            CustomerName = Personal[1], Fields = new Dictionary<string, string> { ["phone"] = Personal[4] },
        });
        await _desk.WriteAsync($"again, {Personal[1]}, {Personal[3]}");

        Assert.Contains(Personal[2], _desk.Database.Read(c => MessageRows.Of(c, "T-1", 10))[0].Body,
            StringComparison.Ordinal);
        var tables = _desk.Database.Read(c => c.Catalog.TextColumns(c)).Select(c => c.Table).Distinct().ToList();
        Assert.Superset(new HashSet<string> { "events", "messages" }, tables.ToHashSet());
        Assert.Empty(
            from table in tables
            let texts = Texts(table)
            from value in Personal
            where texts.Contains(value, StringComparison.OrdinalIgnoreCase)
            select $"{table} holds {value}");
    }

    [Fact]
    public async Task Gives_the_customer_the_real_value_back()
    {
        _desk.Shop.Answer = order =>
            Task.FromResult(Shop.Json($$$"""{"order":{"id":"{{{order}}}","status":"shipped"}}"""));

        await _desk.DecideAsync(Desk.Ticket("where is my order T-1234, has my parcel shipped yet"));

        Assert.DoesNotContain("[", Assert.Single(_desk.Said()), StringComparison.Ordinal);
    }

    /// <summary>
    /// A little of everything: answered, asked, escalated, held, changed under way, claimed and closed.
    /// </summary>
    private async Task PlayAsync()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-1"));
        await _desk.WriteAsync(DeskPlaybook.AsksForReturns, "T-1");
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder, "T-2"));
        _desk.Shop.Answer = async order =>
        {
            if (_desk.Shop.Calls == 1) await _desk.AddAsync("where is my order, sorry it is T-5678", "T-2");
            return Shop.Json($$$"""{"order":{"id":"{{{order}}}","status":"shipped"}}""");
        };
        await _desk.WriteAsync("where is my order, it is T-1234", "T-2");
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-3"));
        await _desk.WriteAsync("hello?", "T-3");
        await _desk.AppendAsync("T-3", new ConversationEvent.Claimed("ann"));
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-4"));
        await _desk.AppendAsync(
            "T-4", new ConversationEvent.Claimed("ann"), new ConversationEvent.Closed("ann", "done"));
        await _desk.KillSwitch.SetAsync(true, "ann", null, CancellationToken.None);
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-5"));
        _desk.Clock.Advance(TimeSpan.FromDays(30));
        await _desk.WorkAsync();
    }

    private string Texts(string table)
    {
        var lines = new List<string>();
        _desk.Database.Read(c =>
        {
            c.Catalog.ForEachLine(c, table, row => lines.Add(row.Text(0)));
            return lines.Count;
        });
        return string.Join('\n', lines);
    }
}
