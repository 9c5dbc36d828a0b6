using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>Who learns what of an order, from ticket to answer.</summary>
public sealed class OwnerTests : IAsyncDisposable
{
    private readonly Desk _desk = new(DeskPlaybook.Files().Replace(
        "intents/order_status.yaml", "answer: Order {order.id} is {order.status}.",
        "answer: |\n  Order {order.id} is {order.status}.\n  It cost {order.total}."));

    public OwnerTests() => _desk.Shop.Answer = order => Task.FromResult(Shop.Json(
        $$$"""{"order":{"id":"{{{order}}}","status":"shipped","total":"640.00","customer_email":"robin@example.com"}}"""));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static InboundTicket Ticket(string? email, bool verified = false) =>
        Desk.Ticket($"{DeskPlaybook.AsksForOrder} T-1234") with { CustomerEmail = email, CustomerVerified = verified };

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("someone@example.com", false, false)]
    [InlineData("robin@example.com", false, true)]
    [InlineData("robin@example.com", true, true)]
    public async Task Tells_the_price_only_to_the_owner(string? email, bool verified, bool told)
    {
        var decision = await _desk.DecideAsync(Ticket(email, verified));

        Assert.Equal(Baton.Playbooks.Route.Auto, decision.Route);
        Assert.Contains("Order T-1234 is shipped", _desk.Said()[^1], StringComparison.Ordinal);
        Assert.Equal(told, _desk.Said()[^1].Contains("640.00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gives_a_person_the_order_of_another_customer_than_the_one_who_is_logged_in()
    {
        var decision = await _desk.DecideAsync(Ticket("someone@example.com", verified: true));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.DoesNotContain(_desk.Said(), text => text.Contains("shipped", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../admin")]
    [InlineData("T-1234/../../admin")]
    [InlineData("anything else")]
    public async Task Holds_a_value_from_a_field_of_its_own_against_the_pattern(string given)
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder) with
        {
            Fields = new Dictionary<string, string> { ["order_id"] = given },
        });

        Assert.All(_desk.Shop.Asked, order => Assert.Equal("T-1234", order));
    }
}
