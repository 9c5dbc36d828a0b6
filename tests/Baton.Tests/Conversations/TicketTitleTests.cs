using Baton.Conversations.Tickets;

namespace Baton.Tests.Conversations;

public sealed class TicketTitleTests
{
    [Theory]
    [InlineData("Broken lamp", "It does not work.", "Broken lamp")]
    [InlineData(null, "The lamp is broken. Please help!", "The lamp is broken.")]
    [InlineData("  ", "The lamp is broken\nsince Monday", "The lamp is broken")]
    [InlineData(null, "Hello! The lamp is broken.", "Hello! The lamp is broken.")]
    [InlineData(null, "I paid 12.50 for it. Too much.", "I paid 12.50 for it.")]
    [InlineData(null, "\n--\n  What now?", "What now?")]
    [InlineData(null, "", null)]
    [InlineData(null, null, null)]
    [InlineData(null, "…", null)]
    public void Says_what_it_is_about(string? subject, string? message, string? title) =>
        Assert.Equal(title, TicketTitle.Of(subject, message));

    [Fact]
    public void Cuts_a_long_sentence_at_a_word()
    {
        var title = TicketTitle.Of(null, string.Concat(Enumerable.Repeat("wordy ", 100)))!;

        Assert.InRange(title.Length, 46, 91);
        Assert.EndsWith("wordy…", title, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuts_no_character_in_half() =>
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(
            System.Text.Encoding.UTF8.GetBytes(
                TicketTitle.Of(null, "a" + string.Concat(Enumerable.Repeat("😀", 100)))!)));
}
