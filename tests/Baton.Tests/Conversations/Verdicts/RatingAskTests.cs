using Baton.Channels;
using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Conversations.Tickets;
using Baton.Conversations.Verdicts;
using Baton.Tests.Channels;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations.Verdicts;

/// <summary>Who gets an answer, or whose ticket a person closes, is asked how it was.</summary>
public sealed class RatingAskTests : IAsyncDisposable
{
    private const string Asks = "How was it? {link}";

    private readonly ListeningChannel _pigeon = new() { Ways = ChannelWays.Out };
    private Desk? _desk;

    private Desk Opened => _desk!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(CloseOutcome.Solved, 1)]
    [InlineData(CloseOutcome.NotSolved, 1)]
    [InlineData(null, 1)]
    [InlineData(CloseOutcome.NoReplyNeeded, 0)]
    [InlineData(CloseOutcome.Duplicate, 0)]
    [InlineData(CloseOutcome.Spam, 0)]
    public async Task Is_asked_with_a_close_of_which_the_customer_should_hear(CloseOutcome? outcome, int texts)
    {
        await OpenAsync(Asks);
        await CloseAsync(outcome);

        var sent = _pigeon.Sent.OfType<OutgoingText>().Where(t => t.Kind == RatingAsk.Kind).ToList();
        Assert.Equal(texts, sent.Count);
        Assert.Equal(texts, Opened.Events().OfType<ConversationEvent.RatingAsked>().Count());
        Assert.Equal(ConversationStatus.Closed, Opened.State().Status);
    }

    [Fact]
    public async Task Gets_a_link_that_rates_and_that_is_in_no_event()
    {
        await OpenAsync(Asks);
        await CloseAsync(CloseOutcome.Solved);

        var text = _pigeon.Sent.OfType<OutgoingText>().Last().Text;
        Assert.StartsWith("We have closed ticket T-1.", text, StringComparison.Ordinal);
        var link = text[(text.IndexOf("How was it? ", StringComparison.Ordinal) + 12)..];
        Assert.Equal("T-1", Opened.Get<RatingLinks>().Read(link[(link.LastIndexOf('/') + 1)..]));
        var asked = Assert.Single(Opened.Events().OfType<ConversationEvent.RatingAsked>());
        Assert.DoesNotContain("http", asked.Text, StringComparison.Ordinal);
        Assert.Null(await Opened.Get<RatingDesk>().RateAsync("T-1", 5, null, Token));
    }

    [Theory]
    [InlineData("", "https://help.example.com")]
    [InlineData(Asks, null)]
    public async Task Is_not_asked_where_the_brand_does_not_or_links_cannot_be_made(string words, string? url)
    {
        await OpenAsync(words, url);
        await CloseAsync(CloseOutcome.Solved);

        Assert.DoesNotContain(Opened.Events(), e => e is ConversationEvent.RatingAsked);
        Assert.DoesNotContain(_pigeon.Sent.OfType<OutgoingText>(), t => t.Kind == RatingAsk.Kind);
    }

    [Fact]
    public async Task Is_not_asked_again_after_a_verdict()
    {
        await OpenAsync(Asks);
        await Opened.AppendAsync("T-1", new ConversationEvent.Rated(4, null));
        await CloseAsync(CloseOutcome.Solved);

        Assert.DoesNotContain(Opened.Events(), e => e is ConversationEvent.RatingAsked);
    }

    [Fact]
    public async Task Comes_after_a_reply_that_was_about_to_leave()
    {
        await OpenAsync(Asks);
        var inbox = Opened.Get<Inbox>();
        await inbox.ActAsync("T-1", (id, redacted) => new PersonAction.Reply(
            id, redacted, inbox.LeavesAt(TimeSpan.FromSeconds(5))), "p_ann", "All set.", Token);
        await CloseAsync(CloseOutcome.Solved);

        Assert.Equal(["All set.", "We have closed"],
            _pigeon.Sent.OfType<OutgoingText>().TakeLast(2).Select(t => t.Text[..Math.Min(14, t.Text.Length)]));
        var positions = Opened.Database.Read(c => MessageRows.Of(c, "T-1", 100)).Select(m => m.Position).ToList();
        Assert.Equal(positions.Distinct(), positions);
        Assert.Equal(positions.Count, Opened.State().Messages);
    }

    [Fact]
    public async Task Is_asked_under_an_automatic_answer_too()
    {
        await OpenAsync(Asks);
        await Opened.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-2") with { Channel = "pigeon" });
        await Opened.DeliverAsync();

        var answer = _pigeon.Sent.OfType<OutgoingText>().Last(t => t.TicketId == "T-2");
        Assert.Equal("replied", answer.Kind);
        Assert.Contains("How was it? https://help.example.com/rate/", answer.Text, StringComparison.Ordinal);
    }

    private async Task OpenAsync(string words, string? url = "https://help.example.com")
    {
        var files = DeskPlaybook.Files();
        if (words.Length > 0)
            files.Replace("playbook.yaml", "brand:\n", $"brand:\n  rating_text: \"{words}\"\n");
        _desk = new Desk(files, channel: _pigeon, publicUrl: url is null ? null : new Uri(url));
        await Opened.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange) with { Channel = "pigeon" });
        await Opened.AppendAsync("T-1", new ConversationEvent.Claimed("p_ann"));
    }

    private async Task CloseAsync(CloseOutcome? outcome)
    {
        Assert.Null((await Opened.Get<Inbox>().ActAsync(
            "T-1", (_, _) => new PersonAction.Close("", outcome), "p_ann", null, Token)).Problem);
        await Opened.WorkAsync();
        await Opened.DeliverAsync();
    }
}
