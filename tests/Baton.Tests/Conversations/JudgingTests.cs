using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Conversations.Tickets;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations;

/// <summary>What people say of a handoff, and write for each other.</summary>
public sealed class JudgingTests : IAsyncLifetime
{
    private readonly Desk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Theory]
    [InlineData("""{"action":"close","outcome":"solved","person_needed":"no"}""", CloseOutcome.Solved, PersonNeeded.No)]
    [InlineData("""{"action":"close","outcome":"spam","person_needed":"wrong_team"}""", CloseOutcome.Spam,
        PersonNeeded.WrongTeam)]
    [InlineData("""{"action":"close","person_needed":"yes"}""", null, PersonNeeded.Yes)]
    [InlineData("""{"action":"close","outcome":"not_solved"}""", CloseOutcome.NotSolved, null)]
    [InlineData("""{"action":"close","outcome":"no_reply_needed"}""", CloseOutcome.NoReplyNeeded, null)]
    [InlineData("""{"action":"close","outcome":"duplicate","why":"T-2"}""", CloseOutcome.Duplicate, null)]
    [InlineData("""{"action":"close"}""", null, null)]
    public async Task Keeps_what_became_of_it_and_whether_a_person_was_needed(
        string json, CloseOutcome? outcome, PersonNeeded? needed)
    {
        await ActAsync("""{"action":"claim"}""");

        Assert.Null(await ActAsync(json));

        Assert.Equal(outcome, Assert.Single(Facts<ConversationEvent.Closed>()).Outcome);
        Assert.Equal(needed, Facts<ConversationEvent.HandoffJudged>().SingleOrDefault()?.Needed);
    }

    [Theory]
    [InlineData("wrong_team", RerouteReason.WrongTeam)]
    [InlineData("needs_skill", RerouteReason.NeedsSkill)]
    [InlineData("needs_language", RerouteReason.NeedsLanguage)]
    [InlineData("needs_access", RerouteReason.NeedsAccess)]
    [InlineData("needs_senior", RerouteReason.NeedsSenior)]
    [InlineData("other", RerouteReason.Other)]
    [InlineData(null, null)]
    public async Task Keeps_why_it_was_moved(string? word, RerouteReason? reason)
    {
        var said = word is null ? "" : $",\"reason\":\"{word}\"";

        Assert.Null(await ActAsync($$"""{"action":"reroute","queue":"l2","why":"see order"{{said}}}"""));

        Assert.Equal(reason, Assert.Single(Facts<ConversationEvent.Rerouted>()).Reason);
    }

    [Fact]
    public async Task Takes_notes_in_every_state_and_sends_them_to_nobody()
    {
        Assert.Null(await ActAsync("""{"action":"note","text":"call jane.doe@example.com first"}"""));
        await ActAsync("""{"action":"claim"}""");
        await ActAsync("""{"action":"close"}""");
        var messages = _desk.State().Messages;
        Assert.Null(await ActAsync("""{"action":"note","text":"she called again"}"""));

        var notes = Facts<ConversationEvent.NoteAdded>();
        Assert.Equal(2, notes.Count);
        Assert.DoesNotContain("jane.doe", notes[0].Text, StringComparison.Ordinal);
        Assert.Equal("call jane.doe@example.com first", _desk.Get<Inbox>().Restored("T-1", notes[0].Text));
        Assert.Equal((ConversationStatus.Closed, messages), (_desk.State().Status, _desk.State().Messages));
    }

    [Theory]
    [InlineData("""{"action":"close","outcome":"fine"}""", "solved, not_solved, no_reply_needed, duplicate, spam")]
    [InlineData("""{"action":"close","person_needed":"maybe"}""", "yes, no, wrong_team")]
    [InlineData("""{"action":"reroute","queue":"l2","reason":"because"}""", "wrong_team, needs_skill, needs_language")]
    [InlineData("""{"action":"note"}""", "text is missing")]
    public void Names_the_words_that_are_taken(string json, string words) =>
        Assert.Contains(words, Assert.Throws<TicketFormatException>(() => Read(json)).Message,
            StringComparison.Ordinal);

    private List<T> Facts<T>() => [.. _desk.Events().OfType<T>()];

    private static PersonActionJson Read(string json) =>
        PersonActionJson.Read(JsonDocument.Parse(json).RootElement, "ann");

    private async Task<string?> ActAsync(string json)
    {
        var read = Read(json);
        return (await _desk.Get<Inbox>().ActAsync("T-1", read.Action, read.Acting, read.Text, Token)).Problem;
    }
}
