using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Privacy;

namespace Baton.Tests.Conversations;

public sealed class StoredNamesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Personal_data_in_any_string_of_a_ticket_stays_out_of_its_events()
    {
        string[] planted = ["jane.doe@example.com", "4012888888881881", "+41 44 668 18 00", "hunter2!"];
        foreach (var value in planted)
        {
            var said = $"my password is {value}";
            var ticket = Ticket(said) with
            {
                Subject = said, CustomerTier = said, CustomerId = said, CustomerEmail = value, CustomerName = value,
                Fields = new Dictionary<string, string> { [said] = "x", ["note"] = said },
            };
            var facts = Facts(ticket);
            foreach (var fact in facts.Events)
                Assert.DoesNotContain(value, JsonSerializer.Serialize<object>(fact), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pro")]
    [InlineData("enterprise")]
    public void Tiers_and_names_of_fields_stay_readable(string tier)
    {
        var ticket = Ticket("hello") with
        {
            CustomerTier = tier, Fields = new Dictionary<string, string> { ["order_id"] = "NW-10003" },
        };
        var started = Assert.IsType<ConversationEvent.ConversationStarted>(Facts(ticket).Events[0]);
        Assert.Equal((tier, "NW-10003"), (started.GivenTier, started.Fields["order_id"]));
    }

    [Fact]
    public void A_message_stores_only_the_values_it_brought()
    {
        var redactor = new Redactor();
        var placeholders = new Placeholders();
        redactor.Redact("jane@example.com", placeholders);
        var first = placeholders.ToJson();
        var added = InboundFacts.ForMessage(
            new Conversation { Id = "T-1" }, new InboundText(Author.Customer, "jane@example.com, bob@example.com"),
            null, placeholders, redactor, Some.Playbook().Limits, Now).Rows[0].Placeholders!;

        Assert.DoesNotContain("jane", added, StringComparison.Ordinal);
        var read = Placeholders.FromJson([first, added]);
        Assert.Equal("jane@example.com bob@example.com", read.Restore("[EMAIL_1] [EMAIL_2]"));
    }

    [Fact]
    public void Rows_that_repeat_earlier_values_are_read_as_well()
    {
        var placeholders = new Placeholders();
        placeholders.For(PersonalDataType.Email, "jane@example.com");
        var first = placeholders.ToJson();
        placeholders.For(PersonalDataType.Email, "bob@example.com");

        var read = Placeholders.FromJson([first, placeholders.ToJson()]);
        Assert.Equal((2, "bob@example.com"), (read.Count, read.Restore("[EMAIL_2]")));
    }

    [Fact]
    public void Closed_placeholders_take_no_more_values()
    {
        var placeholders = new Placeholders();
        placeholders.For(PersonalDataType.Email, "jane@example.com");
        placeholders.Close();

        Assert.Equal("[EMAIL_1]", placeholders.For(PersonalDataType.Email, "jane@example.com"));
        Assert.Equal("[EMAIL_0]", placeholders.For(PersonalDataType.Email, "bob@example.com"));
    }

    [Fact]
    public void A_time_in_the_future_counts_as_now()
    {
        var facts = Facts(Ticket("hello") with { CreatedAt = Now.AddYears(5) });
        Assert.Equal(Now, facts.Events.OfType<ConversationEvent.MessageReceived>().Single().WrittenAt);
    }

    [Fact]
    public void The_subject_is_the_text_of_a_mail_without_one()
    {
        Assert.Equal("Where is it?", (Ticket(" ") with { Subject = "Where is it?" }).WithText().Messages[0].Text);
        Assert.Equal("body", (Ticket("body") with { Subject = "subject" }).WithText().Messages[0].Text);
    }

    private static InboundTicket Ticket(string text) =>
        new() { TicketId = "T-1", Messages = [new InboundText(Author.Customer, text)] };

    private static InboundFacts Facts(InboundTicket ticket) =>
        InboundFacts.ForTicket(ticket, new Redactor(), Some.Playbook().Limits, Now);
}
