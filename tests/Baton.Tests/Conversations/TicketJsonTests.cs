using System.Text;
using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Conversations;

public sealed class TicketJsonTests
{
    [Fact]
    public void Reads_every_field()
    {
        var ticket = Read("""
            {"id":"T-1","channel":"email","customer":{"id":"C-1","email":"a@example.com","name":"Ann","tier":"pro"},
             "subject":"Order","body":"Where is it?","order_id":"NW-10001","created_at":"2026-06-03T10:00:00+02:00",
             "metadata":{"source":"web","attempt":2,"nested":{"x":1}}}
            """);

        Assert.Equal(("T-1", "email", "C-1", "pro"),
            (ticket.TicketId, ticket.Channel, ticket.CustomerId, ticket.CustomerTier));
        Assert.Equal("NW-10001", ticket.Fields["order_id"]);
        Assert.Equal("2", ticket.Fields["attempt"]);
        Assert.False(ticket.Fields.ContainsKey("nested"));
        Assert.Equal(new DateTimeOffset(2026, 6, 3, 8, 0, 0, TimeSpan.Zero), ticket.CreatedAt);
    }

    [Theory]
    [InlineData("""{"body":"x"}""", "id is missing")]
    [InlineData("""{"id":"a"}""", "body is missing")]
    [InlineData("""{"id":1,"body":"x"}""", "id is 1: use a text")]
    [InlineData("""{"id":"a","body":"x","urgancy":3}""", "urgancy is not a field")]
    [InlineData("""{"id":"a","body":"x","customer":{"vip":true}}""", "customer.vip is not a field")]
    [InlineData("""{"id":"a","body":"x","created_at":"yesterday"}""", "created_at is 'yesterday'")]
    [InlineData("""{"id":"a","body":"x","created_at":"02/11/2026"}""", "created_at is '02/11/2026': write ISO 8601")]
    [InlineData("""{"id":"a","body":"x","created_at":"15:29"}""", "created_at is '15:29': write ISO 8601")]
    [InlineData("""{"id":"a","body":"x","created_at":"2026-11"}""", "created_at is '2026-11': write ISO 8601")]
    [InlineData("""{"id":"a","body":"x","created_at":"Nov 2"}""", "created_at is 'Nov 2': write ISO 8601")]
    [InlineData("""{"id":"a","body":"x","created_at":"2026"}""", "created_at is '2026': write ISO 8601")]
    [InlineData("""{"id":"a","body":"x","created_at":"11.02.2026"}""", "created_at is '11.02.2026': write ISO 8601")]
    [InlineData("""{"id":"a","body":"x","created_at":"2026-13-01"}""", "created_at is '2026-13-01': write ISO 8601")]
    [InlineData("""{"id":"a","body":"x","created_at":"2026-11-2"}""", "created_at is '2026-11-2': write ISO 8601")]
    [InlineData("""{"id":"a","messages":[{"from":"robot","text":"x"}]}""", "messages[0].from is 'robot'")]
    [InlineData("""{"id":"a","body":"x","messages":[]}""", "messages and body are both there")]
    [InlineData("""{"id":"a","body":"\ud800"}""", "body is not valid Unicode")]
    [InlineData("""[1]""", "the ticket is [1]: use an object")]
    public void Says_what_is_wrong_with_which_value(string json, string message) =>
        Assert.Contains(message, Assert.Throws<TicketFormatException>(() => Read(json)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-11-02", "2026-11-02T00:00:00Z")]
    [InlineData("2026-11-02T15:29Z", "2026-11-02T15:29:00Z")]
    [InlineData("2026-11-02T15:29:30", "2026-11-02T15:29:30Z")]
    [InlineData("2026-11-02 15:29:30+02:00", "2026-11-02T13:29:30Z")]
    [InlineData("2026-11-02T15:29:30.5-05:00", "2026-11-02T20:29:30.5Z")]
    [InlineData("20261102T152930Z", "2026-11-02T15:29:30Z")]
    public void Reads_iso_times(string text, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        Read($$"""{"id":"a","body":"x","created_at":"{{text}}"}""").CreatedAt);

    [Fact]
    public void Any_line_is_a_ticket_or_a_clear_error() => Prop.ForAll<string>(text =>
    {
        try
        {
            Read(text ?? "");
        }
        catch (Exception error) when (error is TicketFormatException or JsonException)
        {
            return true;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_value_under_any_known_name_is_a_ticket_or_a_clear_error()
    {
        string[] names = ["id", "channel", "customer", "subject", "body", "messages", "order_id", "created_at",
            "metadata"];
        string[] values = ["null", "1", "\"x\"", "[]", "{}", "true", "[null]", "{\"id\":[]}", "\"2026\""];
        var objects = Gen.Elements(names).Zip(Gen.Elements(values)).ListOf()
            .Select(pairs => "{" + string.Join(",", pairs.Select(p => $"\"{p.Item1}\":{p.Item2}")) + "}");

        Prop.ForAll(Arb.From(objects), json =>
        {
            try
            {
                return Read(json).Messages.Count > 0 || json.Contains("messages", StringComparison.Ordinal);
            }
            catch (TicketFormatException error)
            {
                return error.Problem.Length > 0;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static InboundTicket Read(string json) =>
        TicketJson.Read(JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetBytes(json)), null, "file");
}
