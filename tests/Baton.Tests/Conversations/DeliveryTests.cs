using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations;

/// <summary>Which delivery is the same as an earlier one, and which only has its name.</summary>
public sealed class DeliveryTests : IAsyncDisposable
{
    private const string Hello = "hello", Burned = "the stove exploded and burned my hand";

    private readonly Desk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Keeps_a_message_whose_id_is_known_in_another_ticket()
    {
        await SubmitAsync("S-1");
        await SubmitAsync("S-2");
        await _desk.AddAsync(Burned, "S-1", "1");

        Assert.Equal(new IntakeOutcome.Accepted("S-2", 2), await _desk.AddAsync(Burned, "S-2", "1"));
        Assert.Contains(Burned, Texts("S-2"));
    }

    [Fact]
    public async Task Keeps_a_message_whose_id_is_the_id_of_a_ticket_and_a_ticket_whose_id_is_that_of_a_message()
    {
        await SubmitAsync("S-1");
        await SubmitAsync("S-2");

        Assert.IsType<IntakeOutcome.Accepted>(await _desk.AddAsync("one more", "S-1", "S-2"));
        Assert.IsType<IntakeOutcome.Accepted>(await _desk.AddAsync("and one", "S-1", "S-1"));
        Assert.IsType<IntakeOutcome.Accepted>(await _desk.AddAsync("and two", "S-1", "3"));
        Assert.IsType<IntakeOutcome.Accepted>(await SubmitAsync("3"));
        Assert.Equal([Hello, "one more", "and one", "and two"], Texts("S-1"));
    }

    [Fact]
    public async Task Keeps_a_ticket_whose_id_is_an_idempotency_key_and_the_reverse()
    {
        await _desk.SubmitAsync(Desk.Ticket(Hello, "T-1") with { IdempotencyKey = "k-1" });

        Assert.IsType<IntakeOutcome.Accepted>(await SubmitAsync("k-1"));
        Assert.IsType<IntakeOutcome.Accepted>(
            await _desk.SubmitAsync(Desk.Ticket(Hello, "T-2") with { IdempotencyKey = "T-1" }));
        Assert.IsType<IntakeOutcome.Accepted>(
            await _desk.SubmitAsync(Desk.Ticket(Hello, "T-3") with { ExternalId = "k-1" }));
    }

    public static TheoryData<string> OtherTickets => new(
        "text", "subject", "customer", "email", "name", "tier", "recent", "field", "field name", "author", "created",
        "more");

    [Theory]
    [MemberData(nameof(OtherTickets))]
    public async Task Refuses_a_known_ticket_id_with_other_content_and_names_both_digests(string change)
    {
        var first = Desk.Ticket(Hello) with { Fields = new Dictionary<string, string> { ["a"] = "b" } };
        await _desk.SubmitAsync(first);

        var refused = Assert.IsType<IntakeOutcome.OtherContent>(await _desk.SubmitAsync(Changed(first, change)));

        Assert.False(refused.ByKey);
        Assert.Contains(DeliveryDigest.Of(first), refused.Problem, StringComparison.Ordinal);
        Assert.Contains(DeliveryDigest.Of(Changed(first, change)), refused.Problem, StringComparison.Ordinal);
        Assert.Equal([Hello], Texts("T-1"));
        Assert.IsType<IntakeOutcome.Duplicate>(await _desk.SubmitAsync(first));
    }

    [Fact]
    public async Task Refuses_an_idempotency_key_of_another_ticket_whatever_differs()
    {
        var first = Desk.Ticket(Hello, "made") with { IdIsMade = true, IdempotencyKey = "k-1" };
        await _desk.SubmitAsync(first);

        foreach (var other in (InboundTicket[])
        [
            first with { Messages = [new InboundText(Author.Customer, Burned)] },
            first with { Channel = "email" },
            first with { IdIsMade = false, TicketId = "A-3" },
            first with { ExternalId = "m-1" },
        ])
        {
            Assert.True(Assert.IsType<IntakeOutcome.OtherContent>(await _desk.SubmitAsync(other)).ByKey);
        }
        Assert.Equal(
            new IntakeOutcome.Duplicate("made", 1), await _desk.SubmitAsync(first with { TicketId = "made-again" }));
        Assert.Equal(1, _desk.Count("conversations"));
    }

    [Fact]
    public async Task Refuses_a_known_message_id_with_other_content()
    {
        await SubmitAsync("S-1");
        await _desk.AddAsync(Hello, "S-1", "1");

        var refused = Assert.IsType<IntakeOutcome.OtherContent>(await _desk.AddAsync(Burned, "S-1", "1"));

        Assert.Contains("'1'", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("S-1/2", refused.Problem, StringComparison.Ordinal);
        Assert.Equal(new IntakeOutcome.Duplicate("S-1", 2), await _desk.AddAsync(Hello, "S-1", "1"));
    }

    [Fact]
    public async Task Takes_an_idempotency_key_for_messages_once_per_ticket()
    {
        await SubmitAsync("S-1");
        await SubmitAsync("S-2");

        Assert.IsType<IntakeOutcome.Accepted>(await AddUnderAsync("S-1", Burned, "k"));
        Assert.Equal(new IntakeOutcome.Duplicate("S-1", 2), await AddUnderAsync("S-1", Burned, "k"));
        Assert.True(Assert.IsType<IntakeOutcome.OtherContent>(await AddUnderAsync("S-1", Hello, "k")).ByKey);
        Assert.IsType<IntakeOutcome.Accepted>(await AddUnderAsync("S-2", Hello, "k"));
    }

    [Fact]
    public async Task Gives_a_repeated_message_its_own_turn_after_later_ones()
    {
        await SubmitAsync("S-1");
        await _desk.AddAsync("second", "S-1", "2");
        await _desk.AddAsync("third", "S-1", "3");

        Assert.Equal(new IntakeOutcome.Duplicate("S-1", 2), await _desk.AddAsync("second", "S-1", "2"));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a/.")]
    public async Task Refuses_an_id_that_an_address_cannot_hold(string id)
    {
        var refused = Assert.IsType<IntakeOutcome.Rejected>(await SubmitAsync(id));

        Assert.Equal("id", refused.Field);
        Assert.Contains("'.'", refused.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("...")]
    [InlineData("a.b")]
    [InlineData("#1")]
    [InlineData("a:b")]
    public async Task Takes_ids_with_every_other_sign(string id) =>
        Assert.IsType<IntakeOutcome.Accepted>(await SubmitAsync(id));

    [Theory]
    [InlineData("")]
    [InlineData("line\nfeed")]
    public async Task Refuses_a_message_id_that_is_none(string id)
    {
        await SubmitAsync("S-1");

        Assert.Equal("id", Assert.IsType<IntakeOutcome.Rejected>(await _desk.AddAsync(Hello, "S-1", id)).Field);
    }

    private static InboundTicket Changed(InboundTicket ticket, string change) => change switch
    {
        "text" => ticket with { Messages = [new InboundText(Author.Customer, Burned)] },
        "subject" => ticket with { Subject = "s" },
        "customer" => ticket with { CustomerId = "c-2" },
        "email" => ticket with { CustomerEmail = "a@example.org" },
        "name" => ticket with { CustomerName = "A" },
        "tier" => ticket with { CustomerTier = "pro" },
        "recent" => ticket with { RecentTickets = 0 },
        "field" => ticket with { Fields = new Dictionary<string, string> { ["a"] = "c" } },
        "field name" => ticket with { Fields = new Dictionary<string, string> { ["ab"] = "" } },
        "author" => ticket with { Messages = [.. ticket.Messages, new InboundText(Author.Agent, Hello)] },
        "created" => ticket with { CreatedAt = DateTimeOffset.UnixEpoch },
        _ => ticket with { Messages = [.. ticket.Messages, .. ticket.Messages] },
    };

    private Task<IntakeOutcome> SubmitAsync(string id) => _desk.SubmitAsync(Desk.Ticket(Hello, id));

    private Task<IntakeOutcome> AddUnderAsync(string id, string text, string key) => _desk.Intake.AddAsync(
        id, new InboundText(Author.Customer, text), null, key, TestContext.Current.CancellationToken);

    private IEnumerable<string> Texts(string id) =>
        _desk.Database.Read(c => MessageRows.Of(c, id, 100)).Select(m => m.Body);
}
