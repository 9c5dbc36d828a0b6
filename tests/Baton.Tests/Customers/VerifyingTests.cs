using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Customers;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Customers;

/// <summary>Who asks for what is somebody's says once which address stands on it.</summary>
public sealed class VerifyingTests : IAsyncDisposable
{
    private readonly Desk _desk = new(DeskPlaybook.Files().Replace(
        "intents/order_status.yaml", "answer: Order {order.id} is {order.status}.", "answer: Order {order.id} cost {order.total}."));

    public VerifyingTests() => _desk.Shop.Answer = order => Task.FromResult(Shop.Json(
        $$$"""{"order":{"id":"{{{order}}}","status":"shipped","total":"640.00","customer_email":"{{{Owner(order)}}}"}}"""));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Theory]
    [InlineData("Robin@Example.com")]
    [InlineData("It should be robin@example.com, thanks")]
    public async Task A_right_answer_is_told_what_was_asked(string answer)
    {
        var asked = await AskAsync();
        Assert.Equal(OutcomeKind.Asked, asked.Outcome);
        Assert.Equal(VerifyingQuestion.Field, Question().Field);
        Assert.Contains(VerifyingQuestion.Text, _desk.Said()[^1], StringComparison.Ordinal);

        var decision = await _desk.WriteAsync(answer);

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Contains("640.00", _desk.Said()[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("robin@example.com", string.Join('\n', _desk.Events().Select(e => e.ToString())),
            StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("mallory@example.com")]
    [InlineData("robin@example.com or maybe ada@example.com")]
    [InlineData("I do not know it")]
    public async Task A_wrong_answer_tells_nothing_and_brings_a_person(string answer)
    {
        await AskAsync();

        var decision = await _desk.WriteAsync(answer);

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Single(_desk.Events().OfType<ConversationEvent.QuestionAsked>());
        var said = string.Join('\n', _desk.Said());
        foreach (var secret in (string[])["640", "robin", "shipped"])
            Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_right_answer_opens_its_own_order_alone()
    {
        await AskAsync();
        await _desk.WriteAsync("robin@example.com");

        var decision = await _desk.WriteAsync($"{DeskPlaybook.AsksForOrder} T-9999");

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Single(_desk.Said(), text => text.Contains("640.00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("robin@example.com", false)]
    [InlineData("robin@example.com", true)]
    public async Task Whoever_is_known_is_not_asked(string email, bool verified)
    {
        var decision = await _desk.DecideAsync(Ticket() with { CustomerEmail = email, CustomerVerified = verified });

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
    }

    [Theory]
    [InlineData("no address at all", null, "", OutcomeKind.Asked)]
    [InlineData("from another address", "mallory@example.com", "", OutcomeKind.Escalated)]
    [InlineData("the owner's in the text", "mallory@example.com", "It is robin@example.com.", OutcomeKind.Escalated)]
    [InlineData("the owner's in the text", null, "It is on Robin@Example.com.", OutcomeKind.Replied)]
    [InlineData("another one in the text", null, "It is on mallory@example.com.", OutcomeKind.Escalated)]
    [InlineData("two in the text", null, "robin@example.com or ada@example.com", OutcomeKind.Asked)]
    [InlineData("something like one", null, "I am robin at example.com, @robin", OutcomeKind.Asked)]
    public async Task Only_who_has_stated_no_address_is_asked(
        string who, string? email, string adds, OutcomeKind outcome)
    {
        var ticket = Desk.Ticket($"{DeskPlaybook.AsksForOrder} T-1234 {adds}") with { CustomerEmail = email };

        var decision = await _desk.DecideAsync(ticket);

        Assert.True(outcome == decision.Outcome, $"{who}: {decision.Outcome}, {decision.Reasoning}");
        Assert.Equal(outcome == OutcomeKind.Replied, _desk.Said()[^1].Contains("640.00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_of_an_earlier_message_was_stated_and_one_answer_is_all_there_is()
    {
        await _desk.DecideAsync(
            Desk.Ticket($"{DeskPlaybook.AsksForOrder} T-1234. robin@example.com or ada@example.com?"));

        var decision = await _desk.WriteAsync("mallory@example.com");

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.DoesNotContain("640", string.Join('\n', _desk.Said()), StringComparison.Ordinal);
    }

    private Task<Decision> AskAsync() => _desk.DecideAsync(Ticket());

    private ConversationEvent.QuestionAsked Question() =>
        _desk.Events().OfType<ConversationEvent.QuestionAsked>().Single();

    private static InboundTicket Ticket() => Desk.Ticket($"{DeskPlaybook.AsksForOrder} T-1234");

    private static string Owner(string order) => order == "T-1234" ? "robin@example.com" : "ada@example.com";
}
