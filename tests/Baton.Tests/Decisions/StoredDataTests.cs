using System.Text;
using Baton.Channels;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Baton.Storage.Outgoing;
using Baton.Tests.Channels;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Storage;

namespace Baton.Tests.Decisions;

/// <summary>Personal data in every string that somebody else sets, and then every text of the file is read.</summary>
public sealed class StoredDataTests : IAsyncDisposable
{
    private const string Order = "T-1234", Owner = "robin@example.com", Customer = "Marisol Quintanilla";

    /// <summary>Raw texts are kept in this table and nowhere else; erasing a customer empties it.</summary>
    private static readonly string[] Allowed = ["messages"];

    private static readonly string[] Planted =
    [
        "jane.doe@example.net", "4012888888881881", "+41 44 668 18 01", "CH9300762011623852957", "hunter2!x",
        "AKIA" + "Q3EGWZL7XNRTPBVD", Customer,
    ];

    private readonly NotingStage _stage = new();
    private readonly ListeningChannel _pigeon = new() { Ways = ChannelWays.Out | ChannelWays.Notices };
    private readonly Desk _desk;

    public StoredDataTests() => _desk = new Desk(
        DeskPlaybook.Files().Replace(
            "intents/order_status.yaml", "answer: Order {order.id} is {order.status}.",
            "answer: Order {order.id} is {order.status} and goes to {order.contact}."),
        stages: all => [_stage, .. all], channel: _pigeon);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    public static TheoryData<int> Values => [.. Enumerable.Range(0, Planted.Length)];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Holds_no_personal_data_outside_the_message_table(int planted)
    {
        var value = Planted[planted];
        var said = Said(value);
        using var watch = _desk.Get<ConversationFeed>().Subscribe(null);
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered(said);
        ShipTo(said);
        await _desk.KillSwitch.SetAsync(on: true, by: said, why: said, CancellationToken.None);
        await _desk.KillSwitch.SetAsync(on: false, by: "cli", why: null, CancellationToken.None);

        await _desk.DecideAsync(
            Ticket("T-1", $"{DeskPlaybook.AsksForOrder} {Order}", value) with { CustomerEmail = Owner });
        Assert.Contains(value, _desk.Said("T-1")[^1], StringComparison.Ordinal);
        _stage.Says = said;
        await _desk.DecideAsync(Ticket("T-2", $"{said}. {DeskPlaybook.WantsChange}", value));
        // Names of colleagues stay: who did something is part of the record.
        var by = value == Customer ? "console" : said;
        await ActAsync(id => new PersonAction.Reply(id.MessageId, id.Text), "T-2", by, said);
        await ActAsync(_ => new PersonAction.Close(said), "T-2", by, null);
        _stage.Fails = () => new StageException($"could not: {said}", isTransient: true);
        await _desk.SubmitAsync(Ticket("T-3", said, value));
        await _desk.WorkAsync();
        _stage.Fails = () => new StageException($"could not: {said}", isTransient: false);
        await _desk.DecideAsync(Ticket("T-4", said, value));
        await _desk.DeliverAsync();
        _pigeon.Answer = _ => new DeliveryOutcome.Rejected(said);
        await _desk.DecideAsync(Ticket("T-5", $"{DeskPlaybook.AsksForOrder} {Order}", value));
        await _desk.DeliverAsync();

        Assert.Empty(ColumnHunt.Places(_desk.Database, value, Allowed));
        Assert.NotEmpty(_desk.Database.Read(c => Notices.Open(c, 10)));
        Assert.DoesNotContain(Seen(watch), json => json.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_the_customer_what_the_ledger_does_not_hold()
    {
        ShipTo("jane.doe@example.net");
        var decision = await _desk.DecideAsync(
            Desk.Ticket($"{DeskPlaybook.AsksForOrder} {Order}") with { CustomerEmail = Owner });

        Assert.Contains("goes to jane.doe@example.net", _desk.Said()[^1], StringComparison.Ordinal);
        Assert.Contains("goes to [EMAIL_2]", decision.Reply, StringComparison.Ordinal);
        var placeholders = _desk.Database.Read(c => MessageRows.Placeholders(c, "T-1"));
        Assert.Contains("jane.doe@example.net", placeholders.Restore(decision.Reply!), StringComparison.Ordinal);
    }

    private void ShipTo(string contact) => _desk.Shop.Answer = order => Task.FromResult(Shop.Json(
        $$$"""
        {"order":{"id":"{{{order}}}","status":"shipped","contact":"{{{contact}}}","customer_email":"{{{Owner}}}"}}
        """));

    private static string Said(string value) => value switch
    {
        ['h', ..] => $"my password is {value}",
        ['M', ..] => $"my name is {value}",
        _ => $"write to {value}",
    };

    /// <summary>What a watcher of the feed got, as JSON.</summary>
    private static List<string> Seen(ConversationFeed.Watch watch)
    {
        var seen = new List<string>();
        while (watch.Items.TryRead(out var item)) seen.Add(Encoding.UTF8.GetString(ConversationJson.Write(item.Fact)));
        Assert.Contains(seen, json => json.Contains("noting", StringComparison.Ordinal));
        return seen;
    }

    private static InboundTicket Ticket(string id, string text, string value) => Desk.Ticket(text, id) with
    {
        Subject = Said(value), CustomerTier = Said(value), CustomerId = Said(value), CustomerEmail = value,
        CustomerName = value, Channel = "pigeon",
        ExternalId = $"{id} {value}", IdempotencyKey = $"{id} {value}",
        Fields = new Dictionary<string, string> { [Said(value)] = "x", ["note"] = Said(value) },
    };

    private async Task ActAsync(
        Func<(string MessageId, string Text), PersonAction> action, string id, string by, string? text)
    {
        var inbox = _desk.Get<Inbox>();
        await inbox.ActAsync(id, (_, _) => new PersonAction.Claim(), by, null, CancellationToken.None);
        var (found, problem) = await inbox.ActAsync(
            id, (message, redacted) => action((message, redacted)), by, text, CancellationToken.None);
        Assert.True(found);
        Assert.Null(problem);
    }

    private sealed class NotingStage : IStage
    {
        public string Name => "noting";

        public string? Says { get; set; }

        public Func<Exception>? Fails { get; set; }

        public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken) => Fails is { } fails
            ? throw fails()
            : new(new StageReport
            {
                Output = StageOutput.Of(System.Text.Json.JsonSerializer.SerializeToElement(
                    new Dictionary<string, string?> { ["said"] = Says, [Says ?? "none"] = "x" })),
                Tier = "rules", Note = Says,
            });

        public TurnFindings Apply(Turn turn, StageOutput output) => turn.Findings;

        public StageDescription Describe(StageOutput output) => new("");
    }
}
