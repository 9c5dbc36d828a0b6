using Baton.Channels;
using Baton.Storage.Outgoing;

namespace Baton.Testing;

/// <summary>Messages for tests of channels.</summary>
public static class SampleOutgoing
{
    /// <summary>A message to people of the team.</summary>
    public static OutgoingNotice Notice() => new()
    {
        IdempotencyKey = "notice/1", To = "operators", Urgency = NoticeUrgency.High, Group = "disk",
        Title = "Disk fills up", Text = "90 % are used.", At = new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>A text to a customer; its position tells it from others.</summary>
    public static OutgoingText Text(int position = 2) => new()
    {
        IdempotencyKey = $"T-1.a/{position}", TicketId = "T-1.a", Position = position, From = "baton", Kind = "replied",
        Text = "Your order has shipped. – Ünïcode, \"quotes\" and\nlines.",
        At = new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero),
        Subject = "Where is it?", ExternalId = "x-1", CustomerId = "c-1", CustomerEmail = "ada@example.com",
        CustomerName = "Ada", CustomerPhone = "+15005550009",
    };
}
