using Baton.Channels;
using Baton.Testing.Vendors;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>What is written to a helpdesk, and how often.</summary>
public abstract partial class HelpdeskConformance
{
    [Fact]
    public async Task Says_nothing_twice_however_often_it_is_told_to()
    {
        var ticket = Desk.Open("Where is my order?");

        for (var i = 0; i < 3; i++) Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(Text(ticket)));

        Assert.Equal([Text(ticket).Text], ticket.Said.Select(Seen));
    }

    [Fact]
    public async Task Says_nothing_twice_when_the_answer_was_lost()
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.Fail(new VendorFault { When = Says, Cuts = true });

        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Text(ticket)));
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(Text(ticket)));

        Assert.Single(ticket.Said);
    }

    [Fact]
    public async Task Says_it_later_when_the_connection_broke_before()
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.Fail(new VendorFault { When = Says, CutsBefore = true });

        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Text(ticket)));
        Assert.Empty(ticket.Said);
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(Text(ticket)));

        Assert.Single(ticket.Said);
    }

    [Fact]
    public async Task Says_the_same_words_again_when_they_are_meant_again()
    {
        var ticket = Desk.Open("Where is my order?");
        var first = Text(ticket) with { At = TimeProvider.System.GetUtcNow() };
        await DeliverAsync(first);

        // Somebody says it again, well after the clocks can differ.
        await DeliverAsync(first with { IdempotencyKey = "other", At = first.At.AddMinutes(10) });

        Assert.Equal(2, ticket.Said.Count);
    }

    [Fact]
    public async Task Brings_files_and_marks_of_a_persons_reply_once()
    {
        var ticket = Desk.Open("Where is my order?");
        var reply = Text(ticket) with
        {
            From = "agent", Kind = "agent_replied",
            Text = "**Here** it is:\n\n- see [the page](https://shop.example/a)",
            Files = [new OutgoingFile("label.txt", "text/plain", "Return to us"u8.ToArray())],
        };
        Desk.Fail(new VendorFault { When = Says, Cuts = true });

        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(reply));
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(reply));

        Assert.DoesNotContain("**", Seen(Assert.Single(ticket.Said)), StringComparison.Ordinal);
        var (name, type, content) = Assert.Single(ticket.Entries[^1].Files);
        Assert.Equal(("label.txt", "text/plain", "Return to us"), (name, type.Split(';')[0], content));
    }

    [Fact]
    public async Task Writes_a_handoff_for_people_alone_and_once()
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.Fail(new VendorFault { When = r => r.Body.Contains("Transcript", StringComparison.Ordinal), Cuts = true });

        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Record(ticket)));
        for (var i = 0; i < 2; i++) Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(Record(ticket)));

        Assert.Empty(ticket.Said);
        Assert.Contains("Customer: c-1, tier plus", Seen(Assert.Single(ticket.Noted)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_there_what_is_closed_here()
    {
        var ticket = Desk.Open("Where is my order?");

        Assert.IsType<DeliveryOutcome.Delivered>(
            await DeliverAsync(Record(ticket) with { Outcome = OutgoingRecord.Closed, Note = null }));

        Assert.True((await FoundAsync(ticket)).IsClosed);
        Assert.Empty(ticket.Said);
    }

    [Fact]
    public async Task Keeps_the_order_of_a_conversation_when_the_vendor_was_not_reached()
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.Fail(new VendorFault { When = Says, CutsBefore = true });
        await using var line = new DeliveryLine(
            SetUp(Desk), position => Text(ticket) with
            {
                IdempotencyKey = $"T-1/{position}", Position = position, Text = $"This is number {position}.",
            });
        await line.AddAsync(2, 3, 4);

        await line.RunAsync(Cancel);
        Assert.Empty(ticket.Said);
        line.Wait(TimeSpan.FromMinutes(1));
        await line.RunAsync(Cancel);

        Assert.Equal(
            ["This is number 2.", "This is number 3.", "This is number 4."], ticket.Said.Select(Seen));
    }

    [Fact]
    public async Task Waits_as_long_as_the_vendor_says_and_calls_nobody_meanwhile()
    {
        var ticket = Desk.Open("Where is my order?");
        var channel = SetUp(Desk);
        Desk.Fail(new VendorFault { Answer = TooMany() });

        var outcome = Assert.IsType<DeliveryOutcome.Retry>(await channel.DeliverAsync(Text(ticket), Cancel));
        var asked = Desk.Requests.Count;
        var again = Assert.IsType<DeliveryOutcome.Retry>(await channel.DeliverAsync(Text(ticket), Cancel));

        Assert.InRange(outcome.After!.Value.TotalSeconds, 5, 8);
        Assert.InRange(again.After!.Value.TotalSeconds, 4, 8);
        Assert.Equal(asked, Desk.Requests.Count);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Comes_again_after_a_failure_that_may_pass(int status)
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.Fail(new VendorFault { When = Says, Answer = new VendorResponse(status, "<html>oops</html>") });

        Assert.Contains(
            $"{status}", Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Text(ticket))).Why,
            StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(Text(ticket)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(422)]
    public async Task Gives_up_when_the_vendor_will_never_take_it(int status)
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.Fail(new VendorFault { When = Says, Answer = new VendorResponse(status, "{}") });

        Assert.Contains(
            $"{status}", Assert.IsType<DeliveryOutcome.Rejected>(await DeliverAsync(Text(ticket))).Why,
            StringComparison.Ordinal);
    }
}
