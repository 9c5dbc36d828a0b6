using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Gateway.Money;

/// <summary>Receipts share the ledger with conversations and are none.</summary>
public sealed class ReceiptStreamTests
{
    [Fact]
    public async Task Tables_are_the_same_after_a_rebuild_with_receipts_in_the_ledger()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.Ask("where is my order?");
        Assert.NotEmpty(await fixture.Receipts());

        var tables = await LedgerRebuild.RunAsync(
            fixture.Database, [ConversationTables.ReadTable], TestContext.Current.CancellationToken);

        Assert.All(tables, table => Assert.Equal((false, 0L), (table.Changed, table.Rows)));
        Assert.Empty(fixture.Database.Read(LedgerVerifier.Verify).Problems);
    }

    [Theory]
    [InlineData("gateway-2026-11-21", true)]
    [InlineData("operations/kill-switch", true)]
    [InlineData("gateway-42", false)]
    [InlineData("T-1", false)]
    public void Tickets_cannot_be_named_like_a_stream_of_the_product(string id, bool refused)
    {
        var ticket = Desk.Ticket("where is my order?") with { TicketId = id };

        Assert.Equal(refused, InboundRules.Check(ticket, new IntakeOptions()) is not null);
    }
}
